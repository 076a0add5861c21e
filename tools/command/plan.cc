// SPDX-License-Identifier: Apache-2.0
// A clash found here costs nothing; found later it could cost a file. Files are compared by device
// and inode where they exist, else by path.
#include "command/plan.h"

#include <unistd.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/source.h"
#include "bytes/unpacking.h"
#include "command/replaced.h"
#include "dedup/compression.h"
#include "readers/recognise.h"

namespace dedup::tool {
namespace {

namespace fs = std::filesystem;

Format format_by_name(const std::string& operand) {
  const std::string extension = content_extension(operand);
  if (extension == ".json") return Format::json;
  if (extension == ".jsonl" || extension == ".ndjson") return Format::jsonl;
  return extension == ".warc" || extension == ".wet" ? Format::warc : Format::text;
}

Format format_by_names(const std::vector<std::string>& files) {
  const Format first = format_by_name(files.front());
  for (const std::string& file : files) {
    if (format_by_name(file) == first) continue;
    throw UsageError(
        shown(files.front()) + " and " + shown(file) +
        " differ in format by their names: give --format, or run each format by itself");
  }
  return first;
}

/// What a file holds that can be looked at without taking from it what is read later. What cannot
/// be read is told then.
JsonShape json_shape_of(const std::string& file) {
  const auto id = input_id(file);
  if (file == "-" || !id || !id->regular) return JsonShape::none;
  try {
    Source source(file);
    unpack(source);
    return json_shape(source);
  } catch (const InputError&) {
    return JsonShape::none;
  }
}

/// What is written. Archives come out as text, unless said otherwise.
Output output_of(Format format, std::optional<Output> to) {
  if (is_records(format) && to == Output::text) {
    throw UsageError("--to=text is not for JSONL: records come out as records");
  }
  if (format == Format::json && to) {
    throw UsageError(
        "--to=jsonl is not for JSON, which comes out as it came: jq -c '.[]' makes "
        "JSONL of an array");
  }
  return to.value_or(is_records(format) ? Output::jsonl : Output::text);
}

/// Whether the output is of another format than the input, which it then cannot replace. Its name
/// says so below --output-dir.
bool converts(const Plan& plan) {
  if (is_records(plan.format)) return false;
  return plan.output == Output::jsonl || plan.format != Format::text;
}

/// In front of what tells of compression: "a.warc.txt.gz" for "a.warc.gz".
fs::path with_extension(const std::string& path, const char* extension) {
  const std::string content(name_of_content(path));
  return content + extension + path.substr(content.size());
}

/// What the text of a page is called: page.html.txt beside page.html.
constexpr const char* kText = ".txt";

std::vector<Errand> errands(const CleanJob& job, const char* extension) {
  std::vector<Errand> list;
  std::unordered_map<std::string_view, std::string_view> taken;  // targets, by whom
  list.reserve(job.files.size());
  for (const std::string& file : job.files) {
    const std::size_t number = list.size();
    const std::string& source = job.sources.empty() ? file : job.sources[number];
    Errand& errand = list.emplace_back(Errand{file, {}, number, source});
    if (!job.output_dir) continue;
    if (file == "-") throw UsageError("--output-dir has no name for standard input");
    errand.target = mirrored(*job.output_dir, file);
    const bool page = *extension == '\0' && is_page(job, file);
    errand.target = with_extension(errand.target.string(), page ? kText : extension);
    const auto [other, fresh] = taken.try_emplace(errand.target.native(), file);
    if (!fresh) {
      throw UsageError(shown(other->second) + " and " + shown(file) + " would both be written to " +
                       shown(errand.target.string()));
    }
  }
  return list;
}

/// Regular files only: any number of runs may share a terminal or a pipe.
bool is_input(const fs::path& path, const std::vector<std::string>& operands) {
  const auto id = input_id(path.string());
  return id && id->regular &&
         std::any_of(operands.begin(), operands.end(),
                     [&](const std::string& operand) { return input_id(operand) == id; });
}

/// The files that are written beside the text, each by its option.
std::vector<std::pair<std::string_view, std::string>> accounts(const CleanJob& job) {
  std::vector<std::pair<std::string_view, std::string>> all;
  if (job.removed.value_or("-") != "-") all.emplace_back("--removed", *job.removed);
  if (job.report.value_or("-") != "-") all.emplace_back("--report", *job.report);
  if (job.index) all.emplace_back("--index", *job.index);
  return all;
}

void check_accounts(const CleanJob& job) {
  const auto all = accounts(job);
  for (const auto& [option, path] : all) {
    const std::string name(option);
    if (job.output.value_or("-") != "-" && same_place(path, *job.output)) {
      throw UsageError(name + " and --output name the same file");
    }
    if (job.joblog && same_place(path, *job.joblog)) {
      throw UsageError("--joblog and " + name + " name the same file");
    }
    if (is_input(path, job.files)) throw UsageError(name + " names a file that is read");
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (!same_place(all[i].second, all[j].second)) continue;
      throw UsageError(std::string(all[i].first) + " and " + std::string(all[j].first) +
                       " name the same file");
    }
  }
}

/// What is not there yet cannot be read.
void check_targets(const CleanJob& job, const std::vector<Errand>& list) {
  const bool fresh = !input_id(*job.output_dir);
  if (fresh && accounts(job).empty()) return;
  std::set<std::pair<dev_t, ino_t>> inputs;
  for (const Errand& errand : list) {
    const auto id = input_id(errand.operand);
    if (id && id->regular) inputs.emplace(id->device, id->inode);
  }
  for (const Errand& errand : list) {
    const auto id = input_id(errand.target.string());
    if (id && inputs.contains({id->device, id->inode})) {
      throw UsageError(shown(errand.target.string()) + " would be written, but is also read");
    }
    for (const auto& [option, path] : accounts(job)) {
      if (!same_place(path, errand.target)) continue;
      throw UsageError(std::string(option) + " names a file that is also written to --output-dir");
    }
  }
}

/// Options that are for one format only.
void check_options(const CleanJob& job, const Plan& plan) {
  if (is_records(plan.format) && job.separator) {
    throw UsageError("--document-separator is for text: a record of JSON is a document");
  }
  if (plan.format == Format::html && job.separator) {
    throw UsageError("--document-separator is for text: a page is a document");
  }
  if (plan.format == Format::warc && job.separator) {
    throw UsageError("--document-separator is for text: a record of an archive is a document");
  }
  if (!is_records(plan.format) && job.markup != Markup::text) {
    throw UsageError("--markup is for fields of JSONL: give --format=jsonl, too, or --format=html");
  }
  if (job.markup != Markup::text && plan.fields.are_several()) {
    throw UsageError("--markup is for one field: several pages are not one document");
  }
  const bool records = plan.output == Output::jsonl;
  const std::string give = plan.format == Format::text ? "give --format=jsonl or --to=jsonl, too"
                                                       : "give --to=jsonl, too";
  if (!records && job.verdicts) throw UsageError("--verdicts is for JSONL: " + give);
  if (!records && job.drop_empty) throw UsageError("--drop-empty is for JSONL: " + give);
  if (job.verdicts && job.removed && !job.dry_run) {
    throw UsageError("--verdicts and --removed exclude each other: restore knows no verdicts");
  }
}

}  // namespace

bool is_page(const CleanJob& job, const std::string& file) {
  return job.format ? *job.format == Format::html : is_html_by_name(file);
}

Format common_format(std::optional<Format> format, const std::vector<std::string>& files,
                     const std::vector<std::string>& sources) {
  if (format) return *format;
  const Format named = format_by_names(files);
  const auto all = [&](JsonShape shape) {
    return std::all_of(sources.begin(), sources.end(),
                       [&](const std::string& file) { return json_shape_of(file) == shape; });
  };
  if (named == Format::json && all(JsonShape::lines)) return Format::jsonl;
  if (named == Format::text && all(JsonShape::array)) return Format::json;
  return named;
}

Fields fields_of(Format format, const std::vector<std::string>& names) {
  if (names.empty()) return Fields({kDefaultField});
  if (!is_records(format)) {
    throw UsageError("--field is for JSONL: give --format=jsonl, too");
  }
  try {
    return Fields(names);
  } catch (const InvalidOption& error) {
    throw UsageError(std::string("--field: ") + shown(error.what()));
  }
}

std::string encoding_of(Format format, const std::string& encoding) {
  if (!is_records(format)) return encoding;
  if (encoding != "auto" && encoding != "utf-8" && encoding != "utf8") {
    throw UsageError("--encoding=" + shown(encoding) +
                     " is for text: JSONL is UTF-8; convert it first, with iconv -t UTF-8");
  }
  return "utf-8";
}

Markup markup_of(std::optional<Format> format) {
  if (!format) return Markup::automatic;
  return *format == Format::html ? Markup::html : Markup::text;
}

Plan make_plan(const CleanJob& job) {
  Plan plan;
  const auto& sources = job.sources.empty() ? job.files : job.sources;
  plan.format = common_format(job.format, job.files, sources);
  plan.fields = fields_of(plan.format, job.fields);
  plan.encoding = encoding_of(plan.format, job.options.encoding);
  plan.output = output_of(plan.format, job.to);
  const char* const extension = plan.output == Output::jsonl ? ".jsonl" : kText;
  plan.converts = converts(plan);
  plan.errands = errands(job, plan.converts ? extension : "");
  check_options(job, plan);
  if (job.in_place) check_in_place(job, plan);
  if (job.joblog) check_log(job);
  if (job.output_dir) check_targets(job, plan.errands);
  if (job.output && plan.converts && is_input(*job.output, job.files)) {
    throw UsageError("--output names a file that is read, and would be of another format then");
  }
  check_accounts(job);
  return plan;
}

void refuse_reading_own_output(const std::vector<std::string>& operands) {
  const auto output = descriptor_id(STDOUT_FILENO);
  if (!output || !output->regular) return;
  for (const std::string& operand : operands) {
    if (input_id(operand) != output) continue;
    throw OutputError((operand == "-" ? "standard input" : shown(operand)) +
                      ": is standard output too; use -o to write a file in its place");
  }
}

}  // namespace dedup::tool
