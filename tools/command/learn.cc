// Documents are shown to the learner one by one, a text file or a record at a time; the model is
// written at the end, in one step. Bad lines of JSONL are named and passed over.
#include "command/learn.h"

#include <unistd.h>

#include <optional>
#include <string>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/source.h"
#include "bytes/target.h"
#include "command/plan.h"
#include "listeners/report.h"
#include "readers/documents.h"

namespace dedup::tool {
namespace {

constexpr std::uint64_t kMostComplaints = 10;  // for each file

class Lesson {
 public:
  explicit Lesson(const LearnJob& job)
      : job_(job),
        format_(common_format(job.format, job.files)),
        learner_(job.options),
        warnings_(job.quiet) {}

  int go(Target target) {
    for (const std::string& file : job_.files) read(file);
    if (any_) {
      target.write(learner_.model());
      target.commit();
    }
    return warnings_.any() ? kDamaged : kDone;
  }

 private:
  void read(const std::string& file) {
    try {
      if (format_ == Format::jsonl) {
        read_records(file);
      } else {
        learner_.learn(read_all(file));
      }
      any_ = true;
    } catch (const InputError& error) {
      warnings_.add(error.what());
    }
  }

  void read_records(const std::string& file) {
    Source source(file);
    LineReader lines(source);
    std::uint64_t complaints = 0;
    for (std::string_view line; lines.next(line);) {
      if (line.find_first_not_of(" \t\r\n") == line.npos) continue;
      try {
        line = line.substr(0, line.find_last_not_of("\r\n") + 1);
        const Record record(line, job_.field);
        learner_.learn(record.text(), url_of(record, line));
      } catch (const FormatError& error) {
        if (++complaints > kMostComplaints) continue;
        warnings_.add(source.label() + ':' + std::to_string(lines.number()) +
                      ": bad line: " + error.what() + "; passed over");
      }
    }
    if (complaints > kMostComplaints) {
      warnings_.add(source.label() + ": " + std::to_string(complaints) + " bad lines in all");
    }
  }

  const LearnJob& job_;
  Format format_;
  BoilerplateLearner learner_;
  Warnings warnings_;
  bool any_ = false;  // an operand was read
};

}  // namespace

int learn(const LearnJob& job) {
  const bool standard = job.output.value_or("-") == "-";
  if (standard && ::isatty(STDOUT_FILENO) == 1) {
    throw UsageError("a model is not text for a terminal: give -o FILE");
  }
  if (standard) refuse_reading_own_output(job.files);
  return Lesson(job).go(job.output ? Target::file(*job.output) : Target::standard_output());
}

}  // namespace dedup::tool
