// SPDX-License-Identifier: Apache-2.0
#include "command/job_log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "bytes/backup.h"
#include "bytes/directory.h"
#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/unpacking.h"
#include "dedup/edit_list.h"
#include "dedup/version.h"

namespace dedup::tool {
namespace {

/// Options that name files whose bytes decide what comes out. A pipe can be read but once.
std::vector<std::string> with_digests(const CleanJob& job) {
  std::vector<std::string> options = job.settings;
  std::vector<std::string> files = job.boilerplate_rules;
  if (!job.boilerplate_model.empty()) files.push_back(job.boilerplate_model);
  for (const std::string& file : files) {
    if (!state_at(file)) continue;
    Digest digest;
    try {
      digest.add(read_all(file));
    } catch (const InputError&) {
      continue;  // told when it is to be used
    }
    options.push_back(shown(file) + '=' + digest.hex());
  }
  for (std::string& option : options) option = shown(option);  // the log is UTF-8
  return options;
}

/// Names are parted by what no name has in it.
JobHead head_of(const CleanJob& job) {
  Digest names;
  for (const std::string& file : job.files) names.add(file + '\0');
  return {.version = std::string(version()),
          .recipe = std::string(key_recipe()),
          .typed = shown(job.typed),
          .files = job.files.size(),
          .operands = names.hex(),
          .options = with_digests(job)};
}

/// The first of `options` that the others lack; empty: none.
std::string lacking(const std::vector<std::string>& options,
                    const std::vector<std::string>& others) {
  const auto found = std::ranges::find_if(
      options, [&](const std::string& option) { return std::ranges::count(others, option) == 0; });
  return found == options.end() ? std::string() : *found;
}

bool same(const std::optional<FileState>& one, const std::optional<FileState>& other) {
  return one.has_value() == other.has_value() && (!one || one->same_bytes(*other));
}

}  // namespace

JobLog::JobLog(const CleanJob& job)
    : path_(*job.joblog), head_(head_of(job)), suffix_(job.in_place), sources_(job.files) {
  if (!job.resume) {
    const auto id = input_id(path_);
    if (id) throw UsageError(label() + ": is there already: give --resume, or move it");
    return;
  }
  file_ = open_at(AT_FDCWD, path_.c_str(), O_RDWR);
  if (file_.number() < 0 && errno == ENOENT) return;
  if (file_.number() < 0) throw InputError(label() + ": " + cause());
  read(locked_text());
  check_files(job);
}

std::string JobLog::label() const { return shown(path_); }

/// One run at a time adds to it.
std::string JobLog::locked_text() {
  if (::flock(file_.number(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    throw UsageError(label() + ": another run writes it");
  }
  std::string text;
  std::array<char, 1 << 16> piece{};
  for (;;) {
    const ssize_t got = ::read(file_.number(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw InputError(label() + ": " + cause());
    if (got == 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(got));
  }
}

/// A last line without its end is what a killed run left of it.
void JobLog::read(std::string_view text) {
  std::uint64_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == text.npos) return;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    whole_ += end + 1;
    if (number++ == 0) {
      const auto head = parse_job_head(line);
      if (!head) throw UsageError(label() + ": is no log of a job");
      check_head(*head);
      head_.typed = head->typed;
      continue;
    }
    auto told = parse_job_line(line);
    if (!told || told->number >= head_.files) {
      throw UsageError(label() + ": line " + std::to_string(number) + " is no line of such a log");
    }
    told_[told->number] = std::move(*told);
  }
}

void JobLog::check_head(const JobHead& found) const {
  const std::string other = label() + " was begun ";
  if (found.version != head_.version || found.recipe != head_.recipe) {
    throw UsageError(other + "by dedup " + shown(found.version) + " with the key recipe " +
                     shown(found.recipe) + ", which may find other repeats");
  }
  const std::string more = lacking(head_.options, found.options);
  if (!more.empty()) throw UsageError(other + "without " + more);
  const std::string less = lacking(found.options, head_.options);
  if (!less.empty()) throw UsageError(other + "with " + less);
  if (found.options != head_.options) {
    throw UsageError(other + "with its options in another order");
  }
  if (found.files != head_.files || found.operands != head_.operands) {
    throw UsageError(other + "for other files, " + std::to_string(found.files) +
                     " of them: these are " + std::to_string(head_.files));
  }
}

/// Which of them were replaced shows by the files.
void JobLog::check_files(const CleanJob& job) {
  for (const auto& [number, line] : told_) {
    if (!line.input) continue;  // nothing was read of it
    const std::string& file = job.files[number];
    if (same(state_at(file), line.input)) continue;
    if (suffix_ && line.output) {
      std::string backup = backup_path(file, *suffix_).string();
      if (same(state_at(backup), line.input)) {
        sources_[number] = std::move(backup);
        continue;
      }
    }
    throw InputError(shown(file) + ": changed since " + label() + " told of it: no run can be " +
                     "gone on with that read something else");
  }
}

/// A file that stayed as it was is tried once more: whatever was in the way may have gone.
void JobLog::mark(std::vector<Errand>& errands) const {
  for (Errand& errand : errands) {
    const auto found = told_.find(errand.number);
    if (found == told_.end() || !found->second.output) continue;
    errand.done = suffix_ ? errand.source != errand.operand
                          : same(state_at(errand.target.string()), found->second.output);
  }
}

/// The log of a run that was refused before would be in the way of the next one: it is made here.
void JobLog::begin() {
  const bool fresh = file_.number() < 0;
  if (fresh) {
    file_ = open_at(AT_FDCWD, path_.c_str(), O_CREAT | O_EXCL | O_RDWR, 0666);
    if (file_.number() < 0) throw OutputError(label() + ": " + cause());
    if (::flock(file_.number(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      throw OutputError(label() + ": another run writes it");
    }
  }
  if (::ftruncate(file_.number(), static_cast<off_t>(whole_)) != 0 ||
      ::lseek(file_.number(), 0, SEEK_END) < 0) {
    throw OutputError(label() + ": " + cause());
  }
  if (whole_ == 0) write(to_line(head_));
  if (!fresh) return;
  const std::filesystem::path path(path_);
  const Directory directory(path.parent_path(), label());
  if (const int error = directory.sync()) throw OutputError(label() + ": " + cause(error));
}

void JobLog::write(std::string_view text) {
  int error = write_fully(file_.number(), text);
  if (error == 0) error = make_durable(file_.number());
  if (error != 0) throw OutputError(label() + ": " + cause(error));
}

/// Of what went into the log already a second line tells otherwise.
void JobLog::not_written(std::uint64_t number, const std::string& fault) {
  const auto line = std::ranges::find(group_, number, &JobLine::number);
  if (line == group_.end()) return;
  line->output.reset();
  line->status = kFailed;
  line->fault = fault;
  if (appended_ == 0) return;
  JobLine corrected = *line;
  group_.push_back(std::move(corrected));  // the last word on a file is the one that counts
}

void JobLog::append() {
  std::string text;
  for (; appended_ < group_.size(); ++appended_) text += to_line(group_[appended_]);
  if (!text.empty()) write(text);
}

void JobLog::end_group() {
  append();
  group_.clear();
  appended_ = 0;
}

}  // namespace dedup::tool
