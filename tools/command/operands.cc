// SPDX-License-Identifier: Apache-2.0
#include "command/operands.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <set>
#include <utility>

#include "bytes/backup.h"
#include "bytes/fault.h"
#include "bytes/leftover.h"
#include "bytes/paths.h"
#include "bytes/unpacking.h"
#include "listeners/report.h"

namespace dedup::tool {
namespace {

/// A name in a directory, and whether it is one of a directory.
struct Name {
  std::string name;
  bool directory = false;
};

std::optional<struct stat> status_of(const std::string& path, bool follow) {
  struct stat status {};
  const int failed = follow ? ::stat(path.c_str(), &status) : ::lstat(path.c_str(), &status);
  return failed == 0 ? std::optional(status) : std::nullopt;
}

std::string joined(const std::string& directory, const std::string& name) {
  return directory.ends_with('/') ? directory + name : directory + '/' + name;
}

/// The files below directories.
class Walk {
 public:
  Walk(std::vector<std::string>& files, const Written& written) : files_(files) {
    for (const std::string& file : written.files) {
      if (const auto id = id_of(file, true)) written_.insert(*id);
    }
    for (const std::string& file : written.own) {
      if (const auto id = id_of(file, true)) own_.insert(*id);
    }
    backups_ = written.backups;
    if (written.directory) outputs_ = id_of(*written.directory, true);
    quiet_ = written.quiet;
  }

  void start(const std::string& directory) {
    if (outputs_ && id_of(directory, true) == outputs_) {
      throw UsageError(shown(directory) + " is read, and cannot be the output directory, too");
    }
    add(directory);
  }

 private:
  using Id = std::pair<dev_t, ino_t>;

  static std::optional<Id> id_of(const std::string& path, bool follow) {
    const auto status = status_of(path, follow);
    return status ? std::optional(Id{status->st_dev, status->st_ino}) : std::nullopt;
  }

  void add(const std::string& directory) {
    const auto names = names_in(directory);
    if (!names) {
      files_.push_back(directory);
      return;
    }
    for (const Name& name : *names) {
      const std::string path = joined(directory, name.name);
      name.directory ? add(path) : files_.push_back(path);
    }
  }

  /// Whether it is a regular file, and no question whether it is to be read: most are so.
  [[nodiscard]] bool is_plain(const dirent& entry) const noexcept {
    return entry.d_type == DT_REG && written_.empty() && own_.empty();
  }

  /// Whether it is a directory; nothing for what is not to be read. Of one that cannot be looked at
  /// whoever opens it tells why.
  [[nodiscard]] std::optional<bool> kind_of(const std::string& path) const {
    const auto status = status_of(path, false);
    if (!status) return errno == ENOENT ? std::nullopt : std::optional(false);
    const Id id{status->st_dev, status->st_ino};
    if (id == outputs_) {
      if (!quiet_) say(shown(path) + " is where outputs go, and is not read");
      return std::nullopt;
    }
    // A run that is gone on with finds its own files there, and must read what the first one read.
    if (own_.contains(id)) return std::nullopt;
    if (written_.contains(id)) {
      throw UsageError(shown(path) + " would be written, and stands in a directory that is read");
    }
    if (S_ISDIR(status->st_mode)) return true;
    return S_ISREG(status->st_mode) ? std::optional(false) : std::nullopt;
  }

  /// Those of regular files and directories; nothing where it cannot be read to its end.
  [[nodiscard]] std::optional<std::vector<Name>> names_in(const std::string& directory) const {
    const auto close = [](DIR* stream) { static_cast<void>(::closedir(stream)); };
    const std::unique_ptr<DIR, decltype(close)> stream(::opendir(directory.c_str()), close);
    if (!stream) return std::nullopt;
    std::vector<Name> names;
    errno = 0;
    while (const dirent* const entry = ::readdir(stream.get())) {
      const std::string name = entry->d_name;
      if (name == "." || name == ".." || is_temporary_name(name)) continue;
      if (is_backup_name(name, backups_)) continue;
      if (is_plain(*entry)) {
        names.push_back({name, false});
      } else if (const auto kind = kind_of(joined(directory, name))) {
        names.push_back({name, *kind});
      }
      errno = 0;
    }
    if (errno != 0) return std::nullopt;
    std::ranges::sort(names, {}, &Name::name);
    return names;
  }

  std::vector<std::string>& files_;
  std::set<Id> written_;
  std::set<Id> own_;
  std::string backups_;
  std::optional<Id> outputs_;
  bool quiet_ = false;
};

std::string label_of(const std::string& list) {
  return list == "-" ? "standard input" : shown(list);
}

/// A list of the other kind would be one name, or a few with all others in them.
void check_ends(const std::string& list, const std::string& text, char end) {
  const bool nul = text.find('\0') != std::string::npos;
  if (end == '\n' && nul) {
    throw UsageError(label_of(list) + ": has NUL bytes: give --files0-from for such a list");
  }
  if (end == '\0' && !nul && text.find('\n') != std::string::npos) {
    throw UsageError(label_of(list) +
                     ": has lines and no NUL byte: give --files-from for such a list");
  }
  if (end == '\n' && text.find("\r\n") != std::string::npos) {
    throw UsageError(label_of(list) +
                     ": has lines that end in \\r\\n: take the \\r away, with tr -d '\\r'");
  }
}

/// The names of a list. Blank lines of one in lines are passed over: no file has such a name.
std::vector<std::string> listed(const std::string& list, char end) {
  const std::string text = read_all(list);
  check_ends(list, text, end);
  std::vector<std::string> names;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find(end, at), text.size());
    std::string name = text.substr(at, next - at);
    if (name.empty() && end == '\0') {
      throw UsageError(label_of(list) + ": name " + std::to_string(names.size() + 1) + " is empty");
    }
    if (list == "-" && name == "-") {
      throw UsageError("standard input is read for names and cannot be one of them");
    }
    if (!name.empty()) names.push_back(std::move(name));
    at = next + 1;
  }
  if (names.empty()) throw InputError(label_of(list) + ": names no file");
  return names;
}

std::vector<std::string> named(const Operands& operands) {
  if (operands.files_from) return listed(*operands.files_from, '\n');
  if (operands.files0_from) return listed(*operands.files0_from, '\0');
  return operands.typed;
}

}  // namespace

void check(const Operands& operands) {
  if (operands.files_from && operands.files0_from) {
    throw UsageError("--files-from and --files0-from exclude each other");
  }
  if ((operands.files_from || operands.files0_from) && !operands.typed.empty()) {
    throw UsageError(shown(operands.typed.front()) +
                     ": names out of a list and on the command line exclude each other");
  }
  if (operands.recursive && operands.typed.empty() && !operands.files_from &&
      !operands.files0_from) {
    throw UsageError("--recursive needs a directory to read, such as .");
  }
}

std::vector<std::string> expanded(const Operands& operands, const Written& written) {
  std::vector<std::string> names = named(operands);
  if (names.empty()) return {"-"};
  if (!operands.recursive) return names;
  std::vector<std::string> files;
  Walk walk(files, written);
  for (std::string& name : names) {
    const auto status = status_of(name, true);
    if (name != "-" && status && S_ISDIR(status->st_mode)) {
      walk.start(name);
    } else {
      files.push_back(std::move(name));
    }
  }
  if (files.empty()) throw InputError(shown(names.front()) + ": no file is below it");
  return files;
}

}  // namespace dedup::tool
