// SPDX-License-Identifier: Apache-2.0
// Documents cleaned into values: sinks that collect.
#include "dedup/cleaned.h"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "cleaner/fetched.h"
#include "dedup/cleaner.h"
#include "dedup/error.h"

namespace dedup {
namespace {

class TextSink : public Sink {
 public:
  void kept(std::string_view text) override { text_ += text; }
  void edit(const Edit& edit) override { text_ += edit.replacement; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

class CleanedSink : public Sink {
 public:
  void begin_document(std::uint64_t document, std::string_view) override {
    cleaned_.document = document;
  }
  void page(const PageFacts& facts) override { cleaned_.facts = facts; }
  void kept(std::string_view text) override { cleaned_.text += text; }
  void edit(const Edit& edit) override {
    cleaned_.text += edit.replacement;
    cleaned_.edits.emplace_back(edit);
    if (edit.reason == Reason::duplicate_document && edit.first) {
      cleaned_.duplicate = EarlierDocument{edit.first->document, std::string(edit.first_name),
                                           edit.similarity.value_or(1)};
    }
  }
  void read_as(const Encoding& encoding) override { cleaned_.encoding = encoding; }
  void end_document(const Stats& stats, const Damage& damage) override {
    cleaned_.stats = stats;
    cleaned_.damage = damage;
  }
  /// How the bytes could be unpacked, which whoever gives them knows.
  void set(Unpacking unpacking) { cleaned_.unpacking = unpacking; }
  [[nodiscard]] Cleaned take() { return std::move(cleaned_); }

 private:
  Cleaned cleaned_;
};

/// Begins the document of a page and feeds it. Says how its bytes could be unpacked.
Unpacking give(const Page& page, Sink& sink, Cleaner& cleaner) {
  cleaner::Fetched fetched(page.bytes, page.content_type);
  cleaner.begin(sink, {page.name.empty() ? page.url : page.name, page.url, fetched.content_type()});
  for (std::string_view piece; !(piece = fetched.next()).empty();) cleaner.feed(piece);
  return fetched.unpacking();
}

/// After a fault: drops the document that is open, and waits for those before it. What else they
/// throw is not told. A Cleaner that cannot go on, which says Misuse, tells its sinks no more.
void settle(Cleaner& cleaner) {
  for (const auto call : {&Cleaner::abandon, &Cleaner::flush}) {
    for (bool again = true; std::exchange(again, false);) {
      try {
        (cleaner.*call)();
      } catch (const Misuse&) {
      } catch (...) {
        again = true;  // another sink's; each is told once
      }
    }
  }
}

}  // namespace

CleanedEdit::CleanedEdit(const Edit& edit)
    : block(edit.block),
      start(edit.start),
      end(edit.end),
      text(edit.text),
      replacement(edit.replacement),
      reason(edit.reason),
      rule(edit.rule),
      score(edit.score),
      first(edit.first),
      first_name(edit.first_name),
      similarity(edit.similarity) {}

Cleaned Cleaner::clean(const Page& page) {
  CleanedSink sink;
  sink.set(give(page, sink, *this));
  end();
  return sink.take();
}

std::vector<Cleaned> Cleaner::clean_all(std::span<const Page> pages) {
  std::vector<CleanedSink> sinks(pages.size());
  try {
    for (std::size_t i = 0; i < pages.size(); ++i) {
      sinks[i].set(give(pages[i], sinks[i], *this));
      end_later();
    }
    flush();
  } catch (...) {
    settle(*this);  // nothing may be told to the sinks any more
    throw;
  }
  std::vector<Cleaned> all;
  all.reserve(sinks.size());
  for (CleanedSink& sink : sinks) all.push_back(sink.take());
  return all;
}

std::string clean(std::string_view document, const Options& options) {
  TextSink sink;
  Cleaner(options).clean(document, sink);
  return sink.take();
}

}  // namespace dedup
