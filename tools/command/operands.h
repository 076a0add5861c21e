// SPDX-License-Identifier: Apache-2.0
// What is read, in the order in which it is read: the operands as typed, names out of a list, and
// the files below directories. Of two copies the first stays, so the order is part of the meaning.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace dedup::tool {

struct Operands {
  std::vector<std::string> typed;          ///< "-" is standard input
  bool recursive = false;                  ///< a directory stands for the files below it
  std::optional<std::string> files_from;   ///< a file of names, one on each line; "-": from stdin
  std::optional<std::string> files0_from;  ///< the same with a NUL byte behind each
};

/// Which of these options exclude one another. Throws UsageError.
void check(const Operands& operands);

/// What is written: none of it is read by the way, since it was not named.
struct Written {
  std::vector<std::string> files;
  std::optional<std::string> directory;  ///< where outputs go
  bool quiet = false;                    ///< that it is not read needs no word
  std::vector<std::string> own = {};     ///< files of the run, passed over without a word
  std::string backups = {};              ///< so are the files that it keeps: see backup_name()
};

/// All names, never empty: "-" where nothing was named at all. Without `recursive` directories are
/// left to whoever opens them, who says what they are.
///
/// A directory is walked depth first, its names in the order of their bytes. Regular files are
/// taken, and neither symbolic links nor what else there is; nor what is called as backups are; nor
/// the directory of the outputs, in which an earlier run may have left some: that is told. One that
/// cannot be read is named itself, so that opening it says why.
///
/// Throws UsageError for a list that names nothing or an empty name, and where a file that is
/// written stands in a directory that is walked, or the outputs' directory is one; InputError where
/// a list cannot be read or no file is below the directories.
[[nodiscard]] std::vector<std::string> expanded(const Operands& operands, const Written& written);

}  // namespace dedup::tool
