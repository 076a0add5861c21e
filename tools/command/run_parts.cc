// SPDX-License-Identifier: Apache-2.0
// Each function answers one question that Run's constructor has, in the order in which it asks, and
// changes nothing.
#include "command/run_parts.h"

#include <unistd.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/source.h"
#include "bytes/spool.h"
#include "bytes/unpacking.h"
#include "command/parcels.h"
#include "report/run_report.h"
#include "writers/element_writer.h"
#include "writers/key_writer.h"
#include "writers/made_writer.h"
#include "writers/record_writer.h"
#include "writers/text_writer.h"

namespace dedup::tool {
namespace {

/// The bytes of a file that an option names.
std::string option_file(const char* option, const std::string& path) {
  try {
    return read_all(path);
  } catch (const InputError& error) {
    throw UsageError(std::string(option) + ": " + error.what());
  }
}

/// How restoring finds the texts again: see EditListHeader.
std::string listed_format(const Plan& plan) {
  if (plan.format == Format::jsonl) return "jsonl";
  if (plan.format == Format::json) return "json";
  if (plan.output == Output::jsonl) return "documents";
  return plan.format == Format::warc ? "warc" : "text";
}

/// Whether the run has one document, and nobody remembers any other before or after it.
bool is_alone(const CleanJob& job, const Plan& plan) {
  const bool one_each = plan.format == Format::text || plan.format == Format::html;
  return one_each && !job.separator && plan.errands.size() == 1 && !job.index && !job.shard;
}

}  // namespace

Options cleaner_options(const CleanJob& job, const Plan& plan, const WakeUp& wake_up,
                        std::shared_ptr<Scratch> scratch) {
  Options options = job.options;
  options.encoding = plan.encoding;
  options.on_ready = [&wake_up] { wake_up.wake(); };
  options.scratch = std::move(scratch);
  options.first_positions =
      job.removed || job.report || job.verbose || job.verdicts || job.view;  // nothing else does
  if (options.documents == Documents::near && is_alone(job, plan)) {
    options.documents = Documents::exact;  // there is none that it could be near to
  }
  options.first_names = job.removed || job.report || job.verdicts || job.view;
  for (const std::string& file : job.boilerplate_rules) {
    options.boilerplate_rule_files.push_back(
        {shown(file), option_file("--boilerplate-rules", file)});
  }
  if (!job.boilerplate_model.empty()) {
    options.boilerplate_model = option_file("--boilerplate-model", job.boilerplate_model);
  }
  return options;
}

std::unique_ptr<Reader> make_reader(const CleanJob& job, const Plan& plan,
                                    const std::shared_ptr<Scratch>& scratch) {
  switch (plan.format) {
    case Format::jsonl:
      return jsonl_reader(plan.fields, scratch, job.markup);
    case Format::json:
      return json_reader(plan.fields, scratch, job.markup);
    case Format::warc:
      return warc_reader();
    case Format::text:
    case Format::html:
      break;
  }
  return text_reader(job.separator, markup_of(job.format));
}

std::unique_ptr<Writer> make_writer(const CleanJob& job, const Plan& plan, Desk desk,
                                    const std::shared_ptr<Scratch>& scratch) {
  const Omission omission{.verdicts = job.verdicts, .drop_empty = job.drop_empty};
  if (plan.format == Format::jsonl) return std::make_unique<RecordWriter>(desk, omission, scratch);
  if (plan.format == Format::json) return std::make_unique<ElementWriter>(desk, omission, scratch);
  if (plan.output == Output::jsonl) return std::make_unique<MadeWriter>(desk, omission, scratch);
  return std::make_unique<TextWriter>(
      desk, plan.format == Format::warc ? Parting::blank_line : Parting::line_end);
}

/// Its base is the writer of records, which knows what leads them and where lines end.
std::unique_ptr<Writer> make_key_writer(Desk desk, Part& part,
                                        const std::shared_ptr<Scratch>& scratch) {
  return std::make_unique<KeyWriter>(desk, scratch, part);
}

bool writes_to_standard_output(const CleanJob& job) {
  const bool apart = job.output_dir || job.in_place;
  return job.view || job.removed == "-" || job.report == "-" ||
         (!job.dry_run && !apart && job.output.value_or("-") == "-");
}

EditListHeader list_header(const CleanJob& job, const Plan& plan, bool separate) {
  const bool member = plan.fields.is_member();
  const std::vector<std::string>& names = plan.fields.names();
  return {.format = listed_format(plan),
          .field = plan.output == Output::jsonl && member ? names.front() : std::string(),
          .options = job.typed,
          .separate = separate,
          .fields = member ? std::vector<std::string>() : names};
}

bool shows_progress(const CleanJob& job) {
  if (job.progress != ShowProgress::automatic) return job.progress == ShowProgress::always;
  const bool text_appears = writes_to_standard_output(job) && ::isatty(STDOUT_FILENO) == 1;
  return !job.quiet && !text_appears && ::isatty(STDERR_FILENO) == 1;
}

unsigned threads_of(const CleanJob& job) {
  const unsigned wanted = job.options.threads;
  return wanted > 0 ? wanted : std::max(std::thread::hardware_concurrency(), 1U);
}

std::optional<std::uint64_t> total_size(const Plan& plan) {
  std::uint64_t total = 0;
  for (const Errand& errand : plan.errands) {
    const auto size = size_of_input(errand.source);
    if (!size) return std::nullopt;
    total += *size;
  }
  return total;
}

std::uint64_t packing_memory(const CleanJob& job, const Plan& plan) {
  const auto memory = [](const std::string& name) {
    return Packer::memory(compression_of_name(name));
  };
  std::uint64_t text = memory(job.output.value_or("-"));
  for (const Errand& errand : plan.errands) text = std::max(text, memory(errand.target.string()));
  return (job.dry_run ? 0 : text) + memory(job.removed.value_or("-")) +
         memory(job.report.value_or("-")) + (job.report ? RunReport::kMemory : 0) +
         (plan.errands.size() > 1 ? Parcels::kMemory + Inputs::kMemory : 0);
}

}  // namespace dedup::tool
