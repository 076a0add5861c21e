// The order of a run: plan, open the outputs (which changes nothing yet), show all input for
// counting where the options ask for it, read and clean operand by operand, then make the outputs
// good, the list of edits before the text that it explains.
#include "command/clean.h"

#include <memory>
#include <optional>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/source.h"
#include "bytes/spool.h"
#include "bytes/target.h"
#include "bytes/temporary.h"
#include "command/cleaning.h"
#include "command/plan.h"
#include "listeners/edit_list.h"
#include "listeners/report.h"
#include "listeners/statistics.h"
#include "listeners/verbose.h"
#include "readers/reader.h"
#include "writers/no_writer.h"
#include "writers/record_writer.h"
#include "writers/text_writer.h"

namespace dedup::tool {
namespace {

/// The bytes of a file that an option names; none for an empty name.
std::string option_file(const char* option, const std::string& path) {
  try {
    return path.empty() ? std::string() : read_all(path);
  } catch (const InputError& error) {
    throw UsageError(std::string(option) + ": " + error.what());
  }
}

Options with_files(const CleanJob& job) {
  Options options = job.options;
  options.scratch = file_scratch(temporary_directory(job.tmpdir));
  options.first_positions = job.removed || job.verbose || job.verdicts;  // nothing else names them
  options.first_names = job.removed || job.verdicts;
  options.boilerplate_rules = option_file("--boilerplate-rules", job.boilerplate_rules);
  if (!job.boilerplate_model.empty()) {
    options.boilerplate_model = option_file("--boilerplate-model", job.boilerplate_model);
  }
  return options;
}

/// The output that all operands share; none where each has its own.
std::optional<Target> shared_output(const CleanJob& job) {
  if (job.dry_run) return Target::nothing();
  if (job.output_dir) return std::nullopt;
  return job.output ? Target::file(*job.output) : Target::standard_output();
}

bool writes_to_standard_output(const CleanJob& job) {
  return job.removed == "-" || (!job.dry_run && !job.output_dir && job.output.value_or("-") == "-");
}

/// A model tells pages by their hosts.
bool by_host(const CleanJob& job) { return !job.boilerplate_model.empty(); }

std::unique_ptr<Reader> make_reader(const CleanJob& job, Format format) {
  return format == Format::jsonl ? jsonl_reader(job.field, by_host(job))
                                 : text_reader(job.separator);
}

std::unique_ptr<Writer> make_writer(const CleanJob& job, Format format, Desk desk) {
  if (format == Format::jsonl) return std::make_unique<RecordWriter>(desk, job.verdicts);
  return std::make_unique<TextWriter>(desk);
}

EditListHeader list_header(const CleanJob& job, Format format) {
  const bool jsonl = format == Format::jsonl;
  return {.format = jsonl ? "jsonl" : "text",
          .field = jsonl ? job.field : std::string(),
          .options = job.typed};
}

/// reader → cleaning (Cleaner) → writer → target; the writer tells the listeners
class Run : private Idle {
 public:
  explicit Run(const CleanJob& job);
  int go();

 private:
  void listen();
  void survey();
  void clean(const Errand& errand);
  void clean(Source& source, Target& target);
  void commit();
  void tell_statistics();
  bool give_out() override;

  const CleanJob& job_;
  Plan plan_;
  Cleaner cleaner_;
  std::optional<Target> removed_;
  std::optional<Target> output_;
  Target* target_ = nullptr;  // of the source that is read
  Warnings warnings_;
  Totals totals_;
  Inputs inputs_;
  std::optional<EditList> edit_list_;
  std::optional<Verbose> verbose_;
  Listeners listeners_;
  std::unique_ptr<Reader> reader_;
  std::unique_ptr<Writer> writer_;
  Cleaning cleaning_;
};

Run::Run(const CleanJob& job)
    : job_(job),
      plan_(make_plan(job)),
      cleaner_(with_files(job)),
      removed_(job.removed ? std::optional(Target::file(*job.removed)) : std::nullopt),
      output_(shared_output(job)),
      warnings_(job.quiet),
      inputs_(cleaner_.surveys() > 0, job.tmpdir,
              [this](std::string_view text) { warnings_.add(text); }),
      reader_(make_reader(job, plan_.format)),
      writer_(make_writer(job, plan_.format, {listeners_, warnings_, totals_})),
      cleaning_(cleaner_, *reader_, *writer_, {listeners_, warnings_, totals_}) {
  listen();
  if (job.line_buffered) cleaning_.on_each([this] { give_out(); });
}

void Run::listen() {
  if (removed_) listeners_.add(edit_list_.emplace(*removed_, list_header(job_, plan_.format)));
  if (job_.verbose) listeners_.add(verbose_.emplace(temporary_directory(job_.tmpdir)));
}

int Run::go() {
  for (int i = cleaner_.surveys(); i > 0; --i) survey();
  for (const Errand& errand : plan_.errands) clean(errand);
  cleaning_.flush();
  // Where nothing at all could be read, emptying the outputs would only destroy what they hold.
  if (totals_.skipped_files < plan_.errands.size()) commit();
  totals_.stats += cleaner_.stats();
  tell_statistics();
  return warnings_.any_limit() ? kLimit : warnings_.any() ? kDamaged : kDone;
}

/// Shows the Cleaner all input and writes nothing. What is wrong with the input is told when it is
/// cleaned.
void Run::survey() {
  Listeners nobody;
  Warnings warnings(true);
  Totals totals;
  Target target = Target::nothing();
  NoWriter writer;
  Cleaning cleaning(cleaner_, *reader_, writer, {nobody, warnings, totals});
  for (const Errand& errand : plan_.errands) {
    try {
      Source source = inputs_.open(errand.operand);
      cleaning.clean(source, target);
    } catch (const InputError&) {
      continue;
    }
  }
  cleaner_.next_pass();
}

void Run::clean(const Errand& errand) {
  std::optional<Source> source;
  try {
    source.emplace(inputs_.open(errand.operand));
  } catch (const InputError& error) {
    warnings_.add(error.what());
    totals_.skipped_files += 1;
    return;
  }
  if (output_) {
    clean(*source, *output_);
    return;
  }
  Target target = Target::inside(*job_.output_dir, errand.target);
  clean(*source, target);
  cleaning_.flush();
  target.commit();
}

void Run::clean(Source& source, Target& target) {
  target_ = &target;
  source.on_idle(*this);
  try {
    cleaning_.clean(source, target);
  } catch (const InputError& error) {
    warnings_.add(error.what());  // what was read so far is input all the same
  }
}

/// What is done goes out at once: nobody shall wait for it where the input pauses.
bool Run::give_out() {
  cleaner_.flush();
  if (removed_) removed_->flush();
  target_->flush();
  return false;
}

void Run::commit() {
  if (removed_) removed_->commit();
  if (output_) output_->commit();
}

void Run::tell_statistics() {
  if (job_.statistics == Statistics::table) write_error(table(totals_));
  if (job_.statistics == Statistics::json) write_error(json(totals_));
}

}  // namespace

int clean(const CleanJob& job) {
  if (writes_to_standard_output(job)) refuse_reading_own_output(job.files);
  return Run(job).go();
}

}  // namespace dedup::tool
