// SPDX-License-Identifier: Apache-2.0
// The order of a run: plan, open the outputs (which changes nothing yet), show all input for
// counting where the options ask for it, read and clean operand by operand, then make the outputs
// good, all of them or none.
//
//   plan      what is read, in which format; nothing is opened
//   survey    each operand, as often as the Cleaner asks; writes nothing, tells nothing but faults
//   clean     each operand: in place, to the one text, or to a file of its own
//   finish    prepare, statistics, publish: outputs appear last, when all else went well
//
// What can go wrong with an operand: it cannot be opened (skipped, told once, never asked again),
// or not be read to its end (what was read is cleaned, and the run has failed; where a limit of
// ours was the reason, it has met that).
#include "command/run.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/read_ahead.h"
#include "bytes/temporary.h"
#include "bytes/terminal.h"
#include "command/run_parts.h"
#include "listeners/statistics.h"
#include "readers/recognise.h"
#include "readers/table.h"
#include "writers/no_writer.h"

namespace dedup::tool {

Run::Run(const CleanJob& job, JobLog* log)
    : job_(job),
      log_(log),
      plan_(make_plan(job)),
      progress_(shows_progress(job)),
      scratch_(file_scratch(temporary_directory(job.tmpdir))),
      cleaner_(cleaner_options(job, plan_, wake_up_, scratch_)),
      outputs_(job, log),
      packing_(packing_memory(job, plan_)),
      warnings_(job.quiet),
      inputs_(cleaner_.surveys() > 0, job.tmpdir),
      encodings_(totals_, job.quiet || job.verbose),
      reader_(make_reader(job, plan_, scratch_)),
      writer_(make_writer(job, plan_, {listeners_, warnings_, totals_}, scratch_)),
      cleaning_(cleaner_, *reader_, *writer_, {listeners_, warnings_, totals_}) {
  if (log_ != nullptr) log_->mark(plan_.errands);
  listen();
  if (packing_ > 0) cleaner_.set_aside(packing_);
  if (job.line_buffered) {
    cleaning_.on_each([this] {
      cleaner_.flush();
      flush();
    });
  }
}

/// All are told by the writers, in the order of the documents. Without a text of the whole run
/// each file has one of its own, and the list says so.
void Run::listen() {
  if (Target* const removed = outputs_.removed()) {
    const bool separate = outputs_.text() == nullptr;
    EditListHeader header = list_header(job_, plan_, separate);
    if (log_ != nullptr) header.options = log_->typed();
    listeners_.add(edit_list_.emplace(*removed, header));
  }
  if (outputs_.report() != nullptr) listeners_.add(report_.emplace());
  listeners_.add(encodings_);
  const std::string directory = temporary_directory(job_.tmpdir);
  if (job_.verbose) {
    const Palette colours = palette(has_colours(job_.colour, STDERR_FILENO));
    listeners_.add(verbose_.emplace(colours, directory));
  }
  if (!job_.view) return;
  shown_.emplace(Target::standard_output());
  const Palette colours = palette(has_colours(job_.view->colour, STDOUT_FILENO));
  listeners_.add(differences_.emplace(*shown_, colours, job_.view->context, directory));
}

/// The statuses in the order of their weight: a failure hides a limit that was passed, and that
/// hides damage.
int Run::go() {
  if (log_ != nullptr) log_->begin();
  begin_progress();
  for (int i = cleaner_.surveys(); i > 0; --i) survey();
  try {
    clean_all();
    finish();
  } catch (const OutputError& error) {
    if (outputs_.settled() == 0) throw;
    throw HalfwayError(std::string(error.what()) + "; " + std::to_string(outputs_.settled()) +
                       " files were written before, and stay so; the others are as they were");
  }
  if (failed_) return kFailed;
  return warnings_.any_limit() ? kLimit : warnings_.any() ? kDamaged : kDone;
}

void Run::clean_all() {
  std::size_t last_done = 0;
  for (const Errand& errand : plan_.errands) {
    if (errand.done) last_done = errand.number;
  }
  for (const Errand& errand : plan_.errands) {
    clean_and_log(errand);
    progress_.file_done();
    // What an earlier run did is in the list before this one takes the place of the earlier list.
    const bool all_done_told = errand.number >= last_done;
    if (all_done_told && outputs_.is_full()) settle();
  }
  cleaning_.flush();
  progress_.end();
  totals_.stats += cleaner_.stats();
}

/// Each survey reads everything once more.
void Run::begin_progress() {
  const auto passes = static_cast<std::uint64_t>(cleaner_.surveys()) + 1;
  progress_.begin(passes * plan_.errands.size(), [this, passes] {
    const auto size = total_size(plan_);
    return size ? std::optional(passes * *size) : size;
  });
}

/// Shows the Cleaner all input and writes nothing. What is wrong with the text is told when it is
/// cleaned.
void Run::survey() {
  Listeners nobody;
  Warnings warnings(true);
  Totals totals;
  Target target = Target::nothing();
  NoWriter writer;
  Cleaning cleaning(cleaner_, *reader_, writer, {nobody, warnings, totals});
  for (const Errand& errand : plan_.errands) {
    if (!unread_.contains(errand.operand)) survey(errand, cleaning, target);
    progress_.file_done();
  }
  cleaner_.next_pass();
}

/// An operand that was not read to its end is not cleaned either: with what was counted of it, its
/// text and its copies elsewhere would come out wrong.
void Run::survey(const Errand& errand, Cleaning& cleaning, Target& target) {
  try {
    Source source = inputs_.open(errand.operand, errand.source);
    source.file().count_in(progress_.bytes());
    unpack_for(source);
    cleaning.clean(source, target);
  } catch (const LimitError& error) {
    unfinished_ = true;
    unread_.insert(errand.operand);
    totals_.skipped_files += 1;
    warnings_.add_limit(error.what());
  } catch (const ReadError& error) {
    failed_ = unfinished_ = true;
    unread(errand, error);
  } catch (const InputError& error) {
    unread(errand, error);
  }
}

void Run::unread(const Errand& errand, const InputError& error) {
  warnings_.add(error.what());
  totals_.skipped_files += 1;
  unread_.insert(errand.operand);
}

/// What was done of a file goes into the log, be it good or bad; of what an earlier run did it has
/// that already.
void Run::clean_and_log(const Errand& errand) {
  const auto start = std::chrono::steady_clock::now();
  const bool failed = std::exchange(failed_, false);
  line_ = JobLine{};
  warnings_.begin_file();
  clean(errand);
  if (log_ != nullptr && !errand.done) {
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    line_.number = errand.number;
    line_.file = shown(errand.operand);
    line_.seconds = taken.count();
    if (line_.fault.empty()) line_.fault = warnings_.first_of_file();
    line_.status = failed_                         ? kFailed
                   : warnings_.any_limit_of_file() ? kLimit
                   : line_.fault.empty()           ? kDone
                                                   : kDamaged;
    log_->add(std::move(line_));
  }
  failed_ |= failed;
}

/// Where there was a survey the operand was opened before; if it is gone now, that is a failure.
void Run::clean(const Errand& errand) {
  if (unread_.contains(errand.operand)) {
    line_.fault = "could not be read before";
    return;
  }
  std::optional<Source> source;
  try {
    source.emplace(inputs_.open(errand.operand, errand.source));
  } catch (const InputError& error) {
    // What it holds was counted: others lost their copies of it.
    if (cleaner_.surveys() > 0) failed_ = unfinished_ = true;
    return unread(errand, error);
  }
  if (const std::size_t next = errand.number + 1; next < plan_.errands.size()) {
    inputs_.expect(plan_.errands[next].source);
  }
  line_.input = source->state();
  source->on_idle(*this);
  source->file().count_in(progress_.bytes());
  const UnpackingSource& stage = unpack_for(*source);
  if (!clean(*source, stage, errand)) unfinished_ = true;
}

/// With several threads one of them unpacks, while the others clean.
const UnpackingSource& Run::unpack_for(Source& source) {
  return job_.options.threads > 1 ? unpack_ahead(source, limits()) : unpack(source, limits());
}

/// A window takes memory, which is set apart for the largest.
UnpackLimits Run::limits() {
  UnpackLimits limits;
  limits.memory = job_.options.memory / 4;
  limits.on_memory = [this](std::uint64_t bytes) { cleaner_.set_aside(packing_ + bytes); };
  return limits;
}

bool Run::clean(Source& source, const UnpackingSource& stage, const Errand& errand) {
  if (outputs_.replace(errand.operand)) return clean_in_place(source, stage);
  if (Target* const text = outputs_.text()) return clean(source, *text);
  return clean_apart(source, stage, errand);
}

/// A file of its own is flushed before it is kept, so that all of its text is in it. One that will
/// not be written is read all the same: what it holds counts for the files behind it.
bool Run::clean_apart(Source& source, const UnpackingSource& stage, const Errand& errand) {
  if (errand.done) return clean_to(source, nowhere());
  const Doubts before = doubts();
  std::optional<Target> target;
  try {
    target.emplace(outputs_.open(errand, source.state()));
  } catch (const NotReplaced& refusal) {
    clean_to(source, nowhere());
    return not_replaced(errand.operand, refusal.what());
  }
  if (outputs_.has_other_names() && !job_.quiet) {
    say(source.label() + ": has other names (hard links), under which the old text stays");
  }
  const bool whole = clean_to(source, *target);
  const std::string reason =
      job_.in_place && whole ? obstacle(stage, *target, before) : std::string();
  if (!reason.empty()) return not_replaced(errand.operand, reason);
  if (whole) line_.output = outputs_.keep(*target);
  return whole;
}

/// Another one for each file: whether a line is open in it is its own.
Target& Run::nowhere() { return nowhere_.emplace(Target::nothing()); }

/// To the end of its text, of which nothing is left behind; `target` may go then.
bool Run::clean_to(Source& source, Target& target) {
  const bool whole = clean(source, target);
  cleaning_.flush();
  target_ = &*nowhere_;
  return whole;
}

/// What is told of the format. Whoever says --format=text knows, and is not told. Of JSONL nothing
/// can be read in UTF-16.
void Run::note_what_it_seems(Source& source) const {
  if (job_.quiet || (plan_.format == Format::text && job_.format)) return;
  if (plan_.format == Format::text && table_by_name(source.name()) != Table::none) return;
  if (plan_.format == Format::text && is_html(source)) {
    if (is_html_by_name(source.name())) return;
    note(source.label() + " looks like HTML, and is read as a page: -f text reads it as text");
    return;
  }
  if (plan_.format == Format::json && (!job_.format || given_) && !is_json_by_name(source.name())) {
    note(source.label() +
         " looks like an array in JSON, and is read as records: -f text reads it as text");
    return;
  }
  const std::string_view head = source.head();
  const std::string looks = plan_.format == Format::text ? hint(head)
                            : is_records(plan_.format)   ? hint_for_jsonl(head)
                                                         : std::string();
  if (!looks.empty()) note(source.label() + ' ' + looks);
}

/// Whether all of it was read. What was read so far is cleaned all the same.
bool Run::clean(Source& source, Target& target) {
  target_ = &target;
  try {
    note_what_it_seems(source);
    cleaning_.clean(source, target);
  } catch (const LimitError& error) {
    warnings_.add_limit(error.what());
    return false;
  } catch (const InputError& error) {
    warnings_.add(error.what());
    failed_ = true;
    return false;
  }
  return true;
}

/// Where a text of all operands replaces one of them.
bool Run::clean_in_place(Source& source, const UnpackingSource& stage) {
  cleaning_.flush();
  const Doubts before = doubts();
  const bool whole = clean_to(source, *outputs_.text());
  const std::string reason = obstacle(stage, *outputs_.text(), before);
  return reason.empty() ? whole : not_replaced(source.name(), reason);
}

Doubts Run::doubts() const {
  return {.broken = broken_sequences(), .guessed = encodings_.guessed()};
}

/// Why the source that was just read must not be replaced; empty: it may. What does not decode, or
/// was decoded by a guess, is nowhere but in the file itself. What was converted for certain may
/// go. And what was compressed stays so, which the name of its output decides.
std::string Run::obstacle(const UnpackingSource& stage, const Target& target,
                          const Doubts& before) const {
  const bool compressed = stage.compression() != Compression::none;
  if (compressed && !target.compressed()) {
    return "it is compressed, and would not be, since its name does not end in .gz, .zst or .xz";
  }
  if (job_.in_place && !compressed && target.compressed()) {
    return "it is not compressed, and would be, since its name ends so";
  }
  if (reader_->gave_pages()) return "of its HTML only the text would be left";
  if (job_.replace_damaged) return {};
  if (broken_sequences() != before.broken) {
    return "not all of it decodes (see --replace-damaged)";
  }
  if (encodings_.guessed() != before.guessed) {
    return "its charset is a guess (see --encoding, --replace-damaged)";
  }
  return {};
}

bool Run::not_replaced(const std::string& operand, const std::string& reason) {
  const std::string fault = "not replaced, as " + reason;
  say(shown(operand) + ": " + fault);
  line_.fault = fault;
  failed_ = true;
  return false;
}

void Run::settle() {
  outputs_.settle([this](std::size_t number, const std::string& why) {
    not_replaced(plan_.errands[number].operand, why);
    if (log_ != nullptr) log_->not_written(number, line_.fault);
  });
}

/// Of this run so far: the Cleaner's own count comes to the totals at the end only.
std::uint64_t Run::broken_sequences() const {
  return totals_.stats.broken_sequences + cleaner_.stats().broken_sequences;
}

/// Statistics come between what can fail and what cannot be taken back: a run whose outputs cannot
/// be prepared tells no figures, and figures are there when the outputs are.
void Run::finish() {
  // Where nothing at all could be read, emptying the outputs would only destroy what they hold.
  const bool whole = !unfinished_ && totals_.skipped_files < plan_.errands.size();
  if (outputs_.in_groups()) settle();
  const bool any = outputs_.any_kept() ||
                   std::ranges::any_of(plan_.errands, [](const Errand& one) { return one.done; });
  const bool good = outputs_.text() != nullptr ? whole : any;
  if (good) {
    write_report();
    outputs_.prepare();
  } else {
    outputs_.flush();
  }
  show_end();
  tell_statistics();
  if (good) outputs_.publish();
}

/// What is done goes out at once: nobody shall wait for it where the input pauses. True while other
/// threads are at work, which will give a signal.
bool Run::give_out() {
  wake_up_.clear();
  const bool more = cleaner_.advance();
  flush();
  return more;
}

void Run::flush() {
  outputs_.flush();
  target_->flush();
  if (shown_) shown_->flush();
}

/// What could be read is shown, whatever else went wrong.
void Run::show_end() {
  if (!shown_) return;
  differences_->finish();
  shown_->commit();
}

void Run::tell_statistics() {
  if (job_.statistics == Statistics::table) tell(table(totals_));
  if (job_.statistics == Statistics::json) tell(json(totals_));
}

void Run::write_report() {
  if (report_) report_->write(*outputs_.report(), totals_, {job_.typed, job_.files, job_.options});
}

}  // namespace dedup::tool
