// SPDX-License-Identifier: Apache-2.0
// What is known of a document when it begins. Readers give it, writers and listeners take it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "dedup/record.h"

namespace dedup::tool {

/// A line of JSONL in its parts.
struct RecordLine {
  Record record;    ///< its text was taken out: it is what readers feed
  std::string end;  ///< of the line; empty where the last line has none
};

struct Document {
  std::uint64_t number = 0;  ///< from 0 through the whole run; set when the Cleaner comes to it
  std::string name;          ///< in lists: id or URL of a record, else the path; "" for stdin
  std::string url;           ///< empty: none, or nobody asked
  std::string file;          ///< the operand as typed
  std::uint64_t line = 0;    ///< lines of the file in front of it
  std::uint64_t offset = 0;  ///< bytes of the file in front of it
  std::uint64_t before = 0;  ///< for JSONL: bytes of blank lines that were written without a record
  std::unique_ptr<RecordLine> record;  ///< for JSONL: what the text was taken from
};

}  // namespace dedup::tool
