// SPDX-License-Identifier: Apache-2.0
// The accounting that all writers share: each edit goes to the listeners under its document, and
// the bytes before and after are summed up.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dedup/edit_list.h"
#include "dedup/sink.h"
#include "listeners/listener.h"
#include "writers/desk.h"
#include "writers/origin.h"

namespace dedup::tool {

/// A sink for one document; where the clean text goes is said by what derives from it. It hears of
/// its document when the Cleaner comes to it, which may be after later ones were read.
class DocumentSink : public Sink {
 public:
  /// `origin` is that of its source.
  DocumentSink(const Desk& desk, std::shared_ptr<Origin> origin, Document&& document)
      : listener_(desk.listener),
        first_(desk.first_document),
        origin_(std::move(origin)),
        document_(std::move(document)),
        tells_text_(desk.listener.wants_text()) {
    origin_->begin();
    if (listener_.wants_digests()) digest_.emplace();
  }

  void begin_document(std::uint64_t number, std::string_view name) override;
  void kept(std::string_view text) override;
  void edit(const Edit& edit) final;
  void page(const PageFacts&) override { page_ = true; }
  void read_as(const Encoding& encoding) override { encoding_ = encoding; }
  void end_document(const Stats& stats, const Damage& damage) override;

  [[nodiscard]] std::uint64_t decoded() const noexcept { return decoded_; }
  /// The document ended: nothing more comes.
  [[nodiscard]] bool done() const noexcept { return done_; }

 protected:
  virtual void put(std::string_view clean) = 0;
  /// An edit in which documents have the numbers of this run.
  virtual void hear(const Edit& edit);
  /// What stands in the place of an edit.
  virtual void put_edit(const Edit& edit) { put(edit.replacement); }
  /// Bytes of the clean text, so far, that are written for the document.
  [[nodiscard]] virtual std::uint64_t output() const { return output_; }
  /// Bytes of the decoded document that its parts are joined by, which are not written.
  [[nodiscard]] virtual std::uint64_t joints() const { return 0; }
  /// Whether the document is left out of the output, and its raw record goes to the listeners.
  [[nodiscard]] virtual bool is_omitted() const { return false; }
  virtual void raw(const Take& /*take*/) const {}
  /// Whether all of the text went, or a page had none.
  [[nodiscard]] bool is_emptied() const { return (decoded_ > joints() || page_) && output() == 0; }
  /// Whether rule 2 removed the document: an edit said so.
  [[nodiscard]] bool is_duplicate() const noexcept { return duplicate_; }
  [[nodiscard]] const Document& document() const noexcept { return document_; }
  /// For listeners that hear of the end.
  void add_before(std::uint64_t bytes) noexcept { document_.before += bytes; }
  void set_parting(std::string bytes) { document_.parting = std::move(bytes); }

 private:
  Listener& listener_;
  std::uint64_t first_;  // number of this run's first document, for the Cleaner
  std::shared_ptr<Origin> origin_;
  Document document_;
  bool tells_text_;  // that stays, to the listener
  std::uint64_t decoded_ = 0;
  std::uint64_t output_ = 0;
  Encoding encoding_;
  std::optional<Digest> digest_;  // of the decoded document
  bool duplicate_ = false;
  bool page_ = false;
  bool done_ = false;
};

}  // namespace dedup::tool
