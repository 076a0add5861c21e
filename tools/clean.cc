// The order of a run: plan, open the outputs (which changes nothing yet), read and clean operand by
// operand, then make the outputs good, the list of edits before the text that it explains.
#include "clean.h"

#include <memory>
#include <optional>

#include "documents.h"
#include "fault.h"
#include "paths.h"
#include "plan.h"
#include "report.h"
#include "source.h"
#include "target.h"

namespace dedup::tool {
namespace {

Options with_rules(const CleanJob& job) {
  Options options = job.options;
  if (job.boilerplate_rules.empty()) return options;
  try {
    options.boilerplate_rules = read_all(job.boilerplate_rules);
  } catch (const InputError& error) {
    throw UsageError("--boilerplate-rules: " + std::string(error.what()));
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

class Run {
 public:
  explicit Run(const CleanJob& job);
  int go();

 private:
  void clean(const Errand& errand);
  void commit();
  void tell_statistics();

  const CleanJob& job_;
  Plan plan_;
  Cleaner cleaner_;
  std::optional<Target> removed_;
  std::optional<Target> output_;
  Journal journal_;
  Warnings warnings_;
  Totals totals_;
  std::unique_ptr<Documents> documents_;
};

Run::Run(const CleanJob& job)
    : job_(job),
      plan_(make_plan(job)),
      cleaner_(with_rules(job)),
      removed_(job.removed ? std::optional(Target::file(*job.removed)) : std::nullopt),
      output_(shared_output(job)),
      journal_(removed_ ? &*removed_ : nullptr, job.verbose),
      warnings_(job.quiet) {
  const bool jsonl = plan_.format == Format::jsonl;
  const Workshop workshop{cleaner_, journal_, warnings_, totals_};
  documents_ = jsonl ? jsonl_documents(workshop, job.field) : text_documents(workshop);
  journal_.header({.format = jsonl ? "jsonl" : "text",
                   .field = jsonl ? job.field : std::string(),
                   .options = job.typed});
}

int Run::go() {
  for (const Errand& errand : plan_.errands) clean(errand);
  // Where nothing at all could be read, emptying the outputs would only destroy what they hold.
  if (totals_.skipped_files < plan_.errands.size()) commit();
  totals_.stats += cleaner_.stats();
  tell_statistics();
  return warnings_.any() ? kDamaged : kDone;
}

void Run::clean(const Errand& errand) {
  std::optional<Source> source;
  try {
    source.emplace(errand.operand);
  } catch (const InputError& error) {
    warnings_.add(error.what());
    totals_.skipped_files += 1;
    return;
  }
  if (output_) {
    documents_->clean(*source, *output_);
    return;
  }
  Target target = Target::inside(*job_.output_dir, errand.target);
  documents_->clean(*source, target);
  target.commit();
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
