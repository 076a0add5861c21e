// SPDX-License-Identifier: Apache-2.0
// From documents to an output. A writer gives the Cleaner a sink for each document, and puts what
// is none (blank lines, bad lines) in its place between them.
//
//   ( begin_source ( lead* ( open close | begin_pass pass* end_pass ) )* lead* )*
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "bytes/target.h"
#include "dedup/sink.h"
#include "listeners/document.h"
#include "writers/origin.h"

namespace dedup::tool {

/// What most have no use for, since all they are given are documents, does nothing unless said
/// otherwise. Documents come in order. With several threads the Cleaner may tell a sink later, when
/// more of them were opened; begin_pass() and what follows want it flushed before.
class Writer {
 public:
  virtual ~Writer() = default;

  /// What follows is of one input and goes to `target`, which must live until `origin` is done or
  /// the Cleaner flushed. Where `target` stands within a line that an earlier input left without
  /// its end, the end is added in front of the first byte.
  virtual void begin_source(std::shared_ptr<Origin> origin, Target& target) = 0;

  /// The sink of a document that begins; lives until it heard of its end.
  virtual Sink& open(Document&& document) = 0;
  /// The document ends, with the separator that stands behind it. To be called before Cleaner::end.
  virtual void close(std::string_view separator) = 0;

  /// Bytes in front of the next document, which go where that goes. True: they became too many, and
  /// write_lead() is to be called once the Cleaner is flushed.
  virtual bool lead(std::string_view /*bytes*/) { return false; }
  /// Whether something leads, and no document came for it.
  [[nodiscard]] virtual bool has_lead() const { return false; }
  /// Writes what leads, without a document.
  virtual void write_lead() {}

  /// A line that is no document: it is written as it comes, its broken bytes as U+FFFD.
  virtual void begin_pass() {}
  virtual void pass(std::string_view /*bytes*/) {}
  /// Returns how many of its bytes were broken sequences. `line` has the number that it takes.
  virtual std::uint64_t end_pass(Document& /*line*/) { return 0; }
};

}  // namespace dedup::tool
