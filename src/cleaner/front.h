// SPDX-License-Identifier: Apache-2.0
// The front half of a Cleaner: documents, fed in pieces, become batches for the pipeline.
//
//   bytes → decoder → windower → windows → batch
//
// A document of less than a window becomes one portion with its opening and its closing; many small
// ones share a batch, so that handing over is worth while.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cleaner/pipeline.h"
#include "cleaner/window_pool.h"
#include "dedup/sink.h"
#include "text/decode.h"
#include "text/lines.h"

namespace dedup::cleaner {

/// Call order: (open feed* (close | abandon))*, with take_batch() anywhere between. One thread.
class Front {
 public:
  /// `pool` must outlive it.
  /// `encoding` is that of Options; throws InvalidOption where that is unknown.
  explicit Front(WindowPool& pool, const std::string& encoding = "auto");

  /// Begins a document: what its opening says, and what is known of its charset. A page of HTML is
  /// gathered whole, up to kLongestPage; the rest of it is counted.
  void open(Portion::Opening opening, const text::CharsetHints& hints = {});
  void feed(std::string_view bytes);
  void close();

  /// Drops the document. Nothing is known of it if no window was whole yet; else a closing tells
  /// those behind to forget it.
  void abandon();

  /// A document is open.
  [[nodiscard]] bool is_open() const noexcept { return open_; }
  /// Enough is gathered to be worth handing over.
  [[nodiscard]] bool has_batch() const noexcept { return bytes_ >= kBatch; }
  /// All that is gathered; may be empty.
  [[nodiscard]] Batch take_batch();

 private:
  static constexpr std::size_t kLongestPage = std::size_t{12} << 20;  // decoded bytes of it
  static constexpr std::size_t kBatch = std::size_t{1} << 16;         // bytes of text

  [[nodiscard]] std::string& text_buffer();
  void add_windows(std::optional<text::Stretch> (text::Windower::*next)());
  void add_portion();
  void keep_to_limit();

  WindowPool& pool_;
  std::unique_ptr<text::Decoder> decoder_;
  text::Windower windower_;
  Portion portion_;  // being filled; of a page, with what came of it
  Batch batch_;      // before it
  std::size_t bytes_ = 0;
  std::uint64_t unread_ = 0;  // decoded bytes of a page that is too long,
  std::size_t kept_ = 0;      // and those before them
  bool open_ = false;
};

}  // namespace dedup::cleaner
