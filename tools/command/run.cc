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
#include <vector>

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
      threads_(threads_of(job)),
      progress_(shows_progress(job)),
      scratch_(file_scratch(temporary_directory(job.tmpdir))),
      index_(job, scratch_),
      cleaner_(index_.make_cleaner(cleaner_options(job, plan_, wake_up_, scratch_))),
      outputs_(job, log),
      packing_(packing_memory(job, plan_)),
      warnings_(job.quiet),
      inputs_(cleaner_.surveys() > 0, job.tmpdir),
      crew_(threads_),
      encodings_(totals_, job.quiet || job.verbose),
      reader_(make_reader(job, plan_, scratch_)),
      writer_(make_run_writer()),
      cleaning_(cleaner_, *reader_, *writer_, {listeners_, totals_}) {
  if (log_ != nullptr) log_->mark(plan_.errands);
  if (outputs_.text() == nullptr) parcels_.emplace(job, plan_, outputs_, log, crew_);
  listen();
  if (packing_ > 0) cleaner_.set_aside(packing_);
  const auto give_out = [this] {
    cleaner_.flush();
    flush();
  };
  if (!job.line_buffered && !index_.goes_along()) return;
  cleaning_.on_each([this, give_out, each = job.line_buffered] {
    if (each) give_out();
    index_.now_and_then(give_out);
  });
}

/// What keys notes of its documents is no text.
std::unique_ptr<Writer> Run::make_run_writer() {
  Desk desk{listeners_, totals_, index_.first_document()};
  ShardRun* const shard = index_.shard();
  if (shard == nullptr) return make_writer(job_, plan_, desk, scratch_);
  shard->check(plan_);
  if (shard->notes_keys()) return make_key_writer(desk, shard->part(), scratch_);
  desk.blanks_before = shard->place().blanks;
  return make_writer(job_, plan_, desk, scratch_);
}

/// All are told by the writers, in the order of the documents. Without a text of the whole run
/// each file has one of its own, and the list says so.
void Run::listen() {
  if (Target* const removed = outputs_.removed()) {
    const bool separate = outputs_.text() == nullptr;
    std::optional<EditListHeader> header = list_header(job_, plan_, separate);
    if (log_ != nullptr) header->options = log_->typed();
    if (job_.shard && job_.shard->number > 0) header.reset();  // the list is joined, too
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
  if (failed_ || (parcels_ && parcels_->failed())) return kFailed;
  return warnings_.any_limit() ? kLimit : warnings_.any() ? kDamaged : kDone;
}

void Run::clean_all() {
  expected_ = 0;
  for (const Errand& errand : plan_.errands) {
    expect(errand);
    clean(errand);
    progress_.file_done();
  }
  flush_cleaning();
  progress_.end();
  totals_.stats += cleaner_.stats();
}

/// From this one on operands are read ahead, a group at a time.
void Run::expect(const Errand& errand) {
  if (errand.number < expected_ || plan_.errands.size() == 1) return;
  std::vector<std::string> paths;
  for (std::size_t i = errand.number; i < plan_.errands.size(); ++i) {
    if (paths.size() == Inputs::kMostExpected) break;
    paths.push_back(plan_.errands[i].source);
  }
  inputs_.expect(paths, crew_);
  expected_ = errand.number + paths.size();
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
  Totals totals;
  Target target = Target::nothing();
  NoWriter writer;
  Cleaning cleaning(cleaner_, *reader_, writer, {nobody, totals});
  expected_ = 0;
  for (const Errand& errand : plan_.errands) {
    expect(errand);
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
    cleaning.clean(source, std::make_shared<Origin>(source.label(), untold_), target);
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

void Run::clean(const Errand& errand) {
  if (!parcels_) {
    std::string fault;
    if (auto source = open(errand, fault)) clean_together(*source);
    return;
  }
  const auto start = std::chrono::steady_clock::now();
  if (!inputs_.holds(errand.source)) flush_cleaning();  // before a descriptor is taken for it
  Parcel& parcel = parcels_->add(errand);
  const bool failed = std::exchange(failed_, false);
  auto source = open(errand, parcel.line.fault);
  parcel.failed = std::exchange(failed_, failed);
  const bool small = source && source->file().is_held();
  if (source) clean_apart(*source, parcel);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  parcel.line.seconds = taken.count();
  small ? send_parcels() : flush_cleaning();
}

/// Where there was a survey the operand was opened before; if it is gone now, that is a failure.
std::optional<Source> Run::open(const Errand& errand, std::string& fault) {
  if (unread_.contains(errand.operand)) {
    fault = "could not be read before";
    return std::nullopt;
  }
  try {
    Source source = inputs_.open(errand.operand, errand.source);
    source.on_idle(*this);
    source.file().count_in(progress_.bytes());
    if (const ShardRun* const shard = index_.shard()) shard->limit(source);
    return source;
  } catch (const InputError& error) {
    // What it holds was counted: others lost their copies of it.
    if (cleaner_.surveys() > 0) failed_ = unfinished_ = true;
    fault = error.what();
    unread(errand, error);
  }
  return std::nullopt;
}

/// With several threads one of them unpacks, while the others clean.
const UnpackingSource& Run::unpack_for(Source& source) {
  const bool ahead = threads_ > 1 && !source.file().is_held();
  return ahead ? unpack_ahead(source, limits()) : unpack(source, limits());
}

/// A window takes memory, which is set apart for the largest.
UnpackLimits Run::limits() {
  UnpackLimits limits;
  limits.memory = job_.options.memory / 4;
  limits.on_memory = [this](std::uint64_t bytes) { cleaner_.set_aside(packing_ + bytes); };
  return limits;
}

/// A small file waits for the Cleaner together with others; a larger one comes when they are gone.
void Run::clean_apart(Source& source, Parcel& parcel) {
  parcel.origin = std::make_shared<Origin>(source.label(), warnings_);
  parcel.line.input = source.state();
  const bool small = source.file().is_held();
  if (parcel.errand->done) {
    parcel.text.emplace(Target::nothing());
  } else {
    small ? parcels_->hold(parcel) : parcels_->open(parcel);
  }
  const UnpackingSource& stage = unpack_for(source);
  const Read read = clean(source, parcel.origin, *parcel.text);
  parcel.whole = read == Read::whole;
  parcel.failed |= read == Read::in_part;
  parcel.found.packed = stage.compression();
  parcel.found.pages = reader_->gave_pages();
  if (!small) cleaning_.flush();
  target_ = &nowhere_;
}

/// As many as are due; the Cleaner's threads shall have something to do meanwhile.
void Run::send_parcels() {
  if (parcels_->are_many()) static_cast<void>(cleaner_.advance());
  parcels_->send(false);
  if (parcels_->is_heavy()) flush_cleaning();
}

/// Nothing waits behind it.
void Run::flush_cleaning() {
  cleaning_.flush();
  if (parcels_) parcels_->send(true);
}

/// Where the text of all operands replaces this one, that must be certain of it.
void Run::clean_together(Source& source) {
  const bool replaced = outputs_.replace(source.name());
  if (replaced) cleaning_.flush();
  const auto origin = std::make_shared<Origin>(source.label(), warnings_);
  const UnpackingSource& stage = unpack_for(source);
  const Read read = clean(source, origin, *outputs_.text());
  failed_ |= read == Read::in_part;
  unfinished_ |= read != Read::whole;
  if (!replaced) return;
  cleaning_.flush();
  const Observed found{stage.compression(), reader_->gave_pages(), origin->doubts()};
  const std::string reason = obstacle(job_, found, outputs_.text()->compression());
  if (reason.empty()) return;
  say(shown(source.name()) + ": not replaced, as " + reason);
  failed_ = unfinished_ = true;
}

/// What is told of the format. Whoever says --format=text knows, and is not told. Of JSONL nothing
/// can be read in UTF-16.
void Run::note_what_it_seems(Source& source) const {
  if (job_.quiet || (plan_.format == Format::text && job_.format)) return;
  if (source.start() != 0) return;  // a part of a file is not how it begins
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

/// What was read is cleaned, also where that was not all of it.
Run::Read Run::clean(Source& source, const std::shared_ptr<Origin>& origin, Target& target) {
  target_ = &target;
  try {
    note_what_it_seems(source);
    cleaning_.clean(source, origin, target);
  } catch (const LimitError& error) {
    origin->close();
    origin->warnings().add_limit(error.what());
    return Read::to_a_limit;
  } catch (const InputError& error) {
    origin->close();
    origin->warnings().add(error.what());
    return Read::in_part;
  }
  return Read::whole;
}

/// Statistics come between what can fail and what cannot be taken back: a run whose outputs cannot
/// be prepared tells no figures, and figures are there when the outputs are.
void Run::finish() {
  // Where nothing at all could be read, emptying the outputs would only destroy what they hold.
  if (outputs_.in_groups()) parcels_->settle();
  if (const ShardRun* const shard = index_.shard()) end_part(*shard);
  const bool whole = !unfinished_ && totals_.skipped_files < plan_.errands.size();
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
  if (!good) return;
  index_.prepare();
  outputs_.publish();
  index_.commit();
}

/// A part ends with a line, so that the next can be joined to it. One that lacks something has no
/// keys: its documents would be counted otherwise by the step that reads it again.
void Run::end_part(const ShardRun& shard) {
  if (shard.notes_keys() && totals_.skipped_files > 0) unfinished_ = true;
  if (shard.notes_keys() && unfinished_) failed_ = true;
  if (const std::string fault = shard.fault(); !fault.empty() && !unfinished_) {
    say(fault);
    failed_ = unfinished_ = true;
  }
  const bool more = job_.verdicts ? shard.place().any_behind : shard.place().kept_behind;
  if (shard.notes_keys() || !more) return;
  Target& text = *outputs_.text();
  const bool ended = plan_.output == Output::jsonl ? text.at_record_start() : text.at_line_start();
  if (!ended) text.write("\n");
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
