// SPDX-License-Identifier: Apache-2.0
// The plan of a run: which operand is read as what and written where. Made, and found free of
// clashes, before the first byte is read or written.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "command/args.h"
#include "readers/reader.h"

namespace dedup::tool {

struct Errand {
  std::string operand;
  std::filesystem::path target;  ///< with --output-dir only
  std::size_t number = 0;        ///< from 0
  std::string source;            ///< where its bytes stand: the operand, or what it was kept as
  bool done = false;             ///< by an earlier run: it is read for what it holds, not written
};

struct Plan {
  Format format = Format::text;
  Output output = Output::text;
  Fields fields{{kDefaultField}};  ///< of JSONL
  std::string encoding;            ///< of the documents
  std::vector<Errand> errands;
  bool converts = false;  ///< the output is of another format than the input
};

/// One format for all files: a list of edits and an output stream have no room for two. By the
/// names of the files where none is given, and by what they hold, which stands in `sources`; throws
/// UsageError where these differ.
[[nodiscard]] Format common_format(std::optional<Format> format,
                                   const std::vector<std::string>& files,
                                   const std::vector<std::string>& sources);

/// Whether what is read is a page of HTML, by its name or since all is said to be.
[[nodiscard]] bool is_page(const CleanJob& job, const std::string& file);

/// What the documents of text files are, by what --format says of them.
[[nodiscard]] Markup markup_of(std::optional<Format> format);

/// The fields of JSONL that are meant; throws UsageError where some are named for another format,
/// or one is no pointer.
[[nodiscard]] Fields fields_of(Format format, const std::vector<std::string>& names);

/// The charset that the documents are read in. JSON is UTF-8: throws UsageError where another one
/// is named for JSONL.
[[nodiscard]] std::string encoding_of(Format format, const std::string& encoding);

/// Throws UsageError where outputs and inputs clash by name.
[[nodiscard]] Plan make_plan(const CleanJob& job);

/// Throws OutputError where standard output is one of the files to be read, as in `dedup f >> f`:
/// the run would read what it writes.
void refuse_reading_own_output(const std::vector<std::string>& operands);

}  // namespace dedup::tool
