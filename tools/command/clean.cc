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
#include "command/plan.h"
#include "listeners/report.h"
#include "readers/documents.h"

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
  options.first_positions = job.removed || job.verbose;  // nothing else names them
  options.first_names = job.removed.has_value();
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

class Run {
 public:
  explicit Run(const CleanJob& job);
  int go();

 private:
  [[nodiscard]] std::unique_ptr<Documents> documents(const Workshop& workshop) const;
  void survey();
  void clean(const Errand& errand);
  void clean(Source& source, Target& target);
  void commit();
  void tell_statistics();

  const CleanJob& job_;
  Plan plan_;
  Cleaner cleaner_;
  std::optional<Target> removed_;
  std::optional<Target> output_;
  Journal journal_;
  Warnings warnings_;
  Inputs inputs_;
  Totals totals_;
  std::unique_ptr<Documents> documents_;
};

Run::Run(const CleanJob& job)
    : job_(job),
      plan_(make_plan(job)),
      cleaner_(with_files(job)),
      removed_(job.removed ? std::optional(Target::file(*job.removed)) : std::nullopt),
      output_(shared_output(job)),
      journal_(removed_ ? &*removed_ : nullptr, job.verbose),
      warnings_(job.quiet),
      inputs_(cleaner_.surveys() > 0, job.tmpdir,
              [this](std::string_view text) { warnings_.add(text); }),
      documents_(documents({cleaner_, by_host(job), journal_, warnings_, totals_})) {
  const bool jsonl = plan_.format == Format::jsonl;
  journal_.header({.format = jsonl ? "jsonl" : "text",
                   .field = jsonl ? job.field : std::string(),
                   .options = job.typed});
}

std::unique_ptr<Documents> Run::documents(const Workshop& workshop) const {
  return plan_.format == Format::jsonl ? jsonl_documents(workshop, job_.field)
                                       : text_documents(workshop, job_.separator);
}

int Run::go() {
  for (int i = cleaner_.surveys(); i > 0; --i) survey();
  for (const Errand& errand : plan_.errands) clean(errand);
  cleaner_.flush();
  // Where nothing at all could be read, emptying the outputs would only destroy what they hold.
  if (totals_.skipped_files < plan_.errands.size()) commit();
  totals_.stats += cleaner_.stats();
  tell_statistics();
  return warnings_.any_limit() ? kLimit : warnings_.any() ? kDamaged : kDone;
}

/// Shows the Cleaner all input and writes nothing. What is wrong with the input is told when it is
/// cleaned.
void Run::survey() {
  Journal journal(nullptr, false);
  Warnings warnings(true);
  Totals totals;
  Target target = Target::nothing();
  const auto documents = this->documents({cleaner_, by_host(job_), journal, warnings, totals});
  for (const Errand& errand : plan_.errands) {
    try {
      Source source = inputs_.open(errand.operand);
      documents->clean(source, target);
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
  cleaner_.flush();
  target.commit();
}

void Run::clean(Source& source, Target& target) {
  source.on_pause([&] {
    cleaner_.flush();
    if (removed_) removed_->flush();
    target.flush();
  });
  documents_->clean(source, target);
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
