// SPDX-License-Identifier: Apache-2.0
// What stands in front of a record in its file.
//
//   JSONL   blank lines, a byte order mark    goes where its record goes
//   JSON    brackets of arrays                stay
//           blanks and a comma                part it from the element before; where all of these
//                                             went, there is nothing to part, and the list has them
#pragma once

#include <memory>
#include <string>

namespace dedup::tool {

/// How far the output of a file of JSON is; told by the sinks in the order of their documents.
struct Progress {
  bool begun = false;  ///< something of the file was written
  bool any = false;    ///< an element was, since the last bracket
};

struct Lead {
  std::string frame;                   ///< stays
  std::string own;                     ///< of the record
  std::shared_ptr<Progress> progress;  ///< of JSON only
};

}  // namespace dedup::tool
