// SPDX-License-Identifier: Apache-2.0
// Who hears of a run: the list of edits, -v, and whatever else tells about documents.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bytes/held_text.h"
#include "dedup/edit.h"
#include "dedup/encoding.h"
#include "dedup/warc.h"
#include "listeners/document.h"

namespace dedup::tool {

/// How a document came out.
struct Outcome {
  std::uint64_t decoded = 0;         ///< bytes of it, decoded
  std::uint64_t output = 0;          ///< bytes written for it
  Encoding encoding;                 ///< that it was read in
  std::uint64_t mojibake_lines = 0;  ///< see Stats
  std::uint64_t first_mojibake = 0;  ///< the number of the first of these
  bool passed = false;               ///< no document, but a line that was written as it came
  std::string digest;                ///< of it, decoded; empty where nobody asked
  /// Where a record was left out: gives its raw line.
  std::function<void(const Take&)> omitted;
};

/// Hears of one document after the other, as begin (kept | edit)* end; of a line that passed only
/// end(), of a record that is none only skipped().
class Listener {
 public:
  virtual ~Listener() = default;
  /// Whether outcomes are wanted with their digests, which cost a pass over the bytes.
  [[nodiscard]] virtual bool wants_digests() const { return false; }
  /// Whether the text that stays is wanted; which may cost a call for each line.
  [[nodiscard]] virtual bool wants_text() const { return false; }
  /// Whether records of archives that are passed over are wanted, in their place between the
  /// documents; which means to wait for these.
  [[nodiscard]] virtual bool wants_skipped() const { return false; }
  virtual void skipped(const std::string& /*file*/, const WarcSkipped& /*record*/) {}
  virtual void begin(const Document& /*document*/) {}
  /// The next bytes of the document, decoded, that stay as they are; cut anywhere.
  virtual void kept(const Document& /*document*/, std::string_view /*text*/) {}
  virtual void edit(const Document& /*document*/, const Edit& /*edit*/) {}
  virtual void end(const Document& /*document*/, const Outcome& /*outcome*/) {}
};

/// Passes on to all of them in their order.
class Listeners : public Listener {
 public:
  /// `listener` must live as long.
  void add(Listener& listener) { all_.push_back(&listener); }

  [[nodiscard]] bool wants_digests() const override {
    return std::any_of(all_.begin(), all_.end(),
                       [](const Listener* one) { return one->wants_digests(); });
  }
  [[nodiscard]] bool wants_text() const override {
    return std::any_of(all_.begin(), all_.end(),
                       [](const Listener* one) { return one->wants_text(); });
  }
  [[nodiscard]] bool wants_skipped() const override {
    return std::any_of(all_.begin(), all_.end(),
                       [](const Listener* one) { return one->wants_skipped(); });
  }
  void skipped(const std::string& file, const WarcSkipped& record) override {
    for (Listener* const one : all_) one->skipped(file, record);
  }
  void begin(const Document& document) override {
    for (Listener* const one : all_) one->begin(document);
  }
  void kept(const Document& document, std::string_view text) override {
    for (Listener* const one : all_) {
      if (one->wants_text()) one->kept(document, text);
    }
  }
  void edit(const Document& document, const Edit& edit) override {
    for (Listener* const one : all_) one->edit(document, edit);
  }
  void end(const Document& document, const Outcome& outcome) override {
    for (Listener* const one : all_) one->end(document, outcome);
  }

 private:
  std::vector<Listener*> all_;
};

}  // namespace dedup::tool
