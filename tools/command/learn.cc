// SPDX-License-Identifier: Apache-2.0
// Documents are shown to the learner one by one, a text file or a record at a time; the model is
// written at the end, in one step. Bad lines of JSONL are named and passed over.
#include "command/learn.h"

#include <unistd.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/source.h"
#include "bytes/target.h"
#include "bytes/temporary.h"
#include "bytes/unpacking.h"
#include "command/plan.h"
#include "listeners/complaints.h"
#include "listeners/report.h"
#include "readers/reader.h"

namespace dedup::tool {
namespace {

/// Of the memory, for the window of a compressed file.
constexpr std::uint64_t kUnpackingShare = 4;

LearnOptions learn_options(const LearnJob& job, Format format) {
  LearnOptions options = job.options;
  options.memory -= options.memory / kUnpackingShare;
  options.encoding = encoding_of(format, options.encoding);
  return options;
}

/// Shows the learner what a reader gives.
class Lesson : private Receiver {
 public:
  explicit Lesson(const LearnJob& job)
      : job_(job),
        format_(common_format(job.format, job.files, job.files)),
        learner_(learn_options(job, format_)),
        warnings_(job.quiet) {}

  int go(Target target) {
    if (format_ == Format::warc) {
      throw UsageError(
          "learn reads text and JSONL, and no archives: give it the records that "
          "dedup --to=jsonl --boilerplate=off --paragraphs=off --sentences=off makes of one");
    }
    const Fields fields = fields_of(format_, job_.fields);
    const auto reader = reader_of(fields);
    for (const std::string& file : job_.files) read(file, *reader);
    if (failed_) return kFailed;  // what lacks the end of a file is no model of it
    if (any_ && !unfinished_) {
      target.write(learner_.model());
      target.commit();
      tell_missed();
    }
    return warnings_.any_limit() ? kLimit : warnings_.any() ? kDamaged : kDone;
  }

 private:
  [[nodiscard]] std::unique_ptr<Reader> reader_of(const Fields& fields) const {
    if (!is_records(format_)) return text_reader(std::nullopt, markup_of(job_.format));
    auto scratch = file_scratch(temporary_directory({}));
    return format_ == Format::json ? json_reader(fields, std::move(scratch))
                                   : jsonl_reader(fields, std::move(scratch));
  }

  /// The model is as good as the memory for it: that is told, and no fault of the input.
  void tell_missed() const {
    if (learner_.missed() == 0 || job_.quiet) return;
    const std::uint64_t sure = std::uint64_t{job_.options.min_documents} + learner_.missed();
    say("memory for counting ran short: of blocks in fewer than " + std::to_string(sure) +
        " documents some may not be learned (see --memory)");
  }

  void read(const std::string& file, Reader& reader) {
    try {
      Source source(file);
      unpack(source, {.memory = job_.options.memory / kUnpackingShare});
      label_ = source.label();
      complaints_.begin_source(label_, warnings_);
      reader.read(source, *this);
      any_ = true;
    } catch (const LimitError& error) {
      unfinished_ = true;
      warnings_.add_limit(error.what());
    } catch (const ReadError& error) {
      failed_ = true;
      warnings_.add(error.what());
    } catch (const InputError& error) {
      warnings_.add(error.what());
    }
    complaints_.end_source();
  }

  void begin(Document&& document) override { learner_.begin(document.url, document.content_type); }
  void feed(std::string_view bytes) override { learner_.feed(bytes); }
  void end(std::string_view) override {
    const std::uint64_t before = learner_.unread();
    learner_.end();
    if (learner_.unread() == before) return;
    warnings_.add_limit(label_ + ": a page is longer than 12 MiB; the rest of it was not read");
  }

  void lead(std::string_view) override {}
  void begin_stray(const Stray& stray) override {
    if (stray.fault.empty()) {
      complaints_.long_line(stray.line, stray.offset);
    } else {
      complaints_.bad_line(stray.line, stray.offset, stray.fault);
    }
  }
  void feed_stray(std::string_view) override {}
  void end_stray() override {}
  void broken_values(const BrokenValues& values) override {
    complaints_.broken_values(values.line, values.offset, values.count);
  }

  const LearnJob& job_;
  Format format_;
  BoilerplateLearner learner_;
  Warnings warnings_;
  Complaints complaints_{"passed over"};
  std::string label_;        // of the operand at hand
  bool any_ = false;         // an operand was read
  bool failed_ = false;      // one was not read to its end
  bool unfinished_ = false;  // the same for a limit
};

}  // namespace

int learn(LearnJob job) {
  const bool standard = job.output.value_or("-") == "-";
  if (standard && ::isatty(STDOUT_FILENO) == 1) {
    throw UsageError("a model is not text for a terminal: give -o FILE");
  }
  Written written;
  if (!standard) written.files.push_back(*job.output);
  job.files = expanded(job.operands, written);
  if (standard) refuse_reading_own_output(job.files);
  return Lesson(job).go(job.output ? Target::file(*job.output) : Target::standard_output());
}

}  // namespace dedup::tool
