// SPDX-License-Identifier: Apache-2.0
// The cleaner. A document in pieces is told to callbacks through one sink, which the handle has: it
// hears of one document at a time, since dedup_end() waits until all is told.
#include "dedup/cleaner.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "c/cleaned.h"
#include "c/guard.h"
#include "c/index.h"
#include "c/sized.h"
#include "c/values.h"
#include "dedup/c.h"
#include "dedup/error.h"

using namespace dedup;

namespace {

/// Tells the callbacks of the document that is open.
class CallbackSink : public Sink {
 public:
  void open(const dedup_sink& sink) noexcept {
    sink_ = sink;
    stopped_ = false;
  }

  void begin_document(std::uint64_t document, std::string_view name) override {
    if (sink_.begin != nullptr) heard(sink_.begin(sink_.user, document, c::bytes(name)));
  }
  void kept(std::string_view text) override {
    if (sink_.kept != nullptr) heard(sink_.kept(sink_.user, c::bytes(text)));
  }
  void edit(const Edit& edit) override {
    if (sink_.edit == nullptr) return;
    const dedup_edit given = c::edit_of(edit);
    heard(sink_.edit(sink_.user, &given));
  }
  void end_document(const Stats& stats, const Damage&) override {
    if (sink_.end == nullptr) return;
    const dedup_stats given = c::stats_of(stats);
    heard(sink_.end(sink_.user, &given));
  }
  [[nodiscard]] bool stopped() const override { return stopped_; }

 private:
  void heard(std::int32_t answer) noexcept { stopped_ |= answer != 0; }

  dedup_sink sink_{};
  bool stopped_ = false;
};

}  // namespace

struct dedup_cleaner {  // NOLINT(readability-identifier-naming): of the C face
  c::Message message;
  std::optional<Cleaner> cleaner;  // none: it could not be made
  CallbackSink sink;

  /// Makes a call of the cleaner.
  template <typename Call>
  dedup_code run(const Call& call) noexcept {
    return c::guarded(message, [&] {
      if (!cleaner) throw Misuse("the cleaner could not be made, and cannot be used");
      return call(*cleaner);
    });
  }
  [[nodiscard]] dedup_code heard() const noexcept {
    return sink.stopped() ? DEDUP_STOPPED : DEDUP_OK;
  }
};

dedup_code dedup_cleaner_new(const dedup_options* options, dedup_index* index,
                             dedup_cleaner** cleaner) {
  *cleaner = c::make_handle<dedup_cleaner>();
  if (*cleaner == nullptr) {
    return DEDUP_NO_MEMORY;
  }
  return c::guarded((*cleaner)->message, [&] {
    if (index != nullptr && !index->index) throw InvalidOption("the index could not be made");
    Options given = c::options_of(options);
    if (index == nullptr) {
      (*cleaner)->cleaner.emplace(std::move(given));
    } else {
      (*cleaner)->cleaner.emplace(std::move(given), *index->index);
    }
    return DEDUP_OK;
  });
}

const char* dedup_cleaner_message(const dedup_cleaner* cleaner) {
  return cleaner == nullptr ? "out of memory" : cleaner->message.text();
}

dedup_code dedup_cleaner_stats(const dedup_cleaner* cleaner, dedup_stats* stats) {
  if (!cleaner->cleaner) {
    return DEDUP_MISUSE;
  }
  return c::give(*stats, c::stats_of(cleaner->cleaner->stats()));
}

void dedup_cleaner_free(dedup_cleaner* cleaner) { std::unique_ptr<dedup_cleaner>{cleaner}; }

dedup_code dedup_clean(dedup_cleaner* cleaner, const dedup_page* page, dedup_cleaned** cleaned) {
  *cleaned = nullptr;
  return cleaner->run([&](Cleaner& own) {
    auto result = std::make_unique<dedup_cleaned>();
    result->cleaned = own.clean(c::page_of(page));
    *cleaned = result.release();
    return DEDUP_OK;
  });
}

dedup_code dedup_begin(dedup_cleaner* cleaner, const dedup_sink* sink, const dedup_page* page) {
  return cleaner->run([&](Cleaner& own) {
    const Page about = c::page_of(page);
    if (sink == nullptr) throw InvalidOption("there is no sink");
    const dedup_sink given = c::known(*sink, dedup_sink{}, "dedup_sink");
    const std::string_view name = about.name.empty() ? about.url : about.name;
    // Nothing is told before the first window; and where begin() refuses, the callbacks stay.
    own.begin(cleaner->sink, {name, about.url, about.content_type});
    cleaner->sink.open(given);
    return DEDUP_OK;
  });
}

dedup_code dedup_feed(dedup_cleaner* cleaner, dedup_bytes bytes) {
  return cleaner->run([&](Cleaner& own) {
    own.feed(c::view(bytes));
    return cleaner->heard();
  });
}

dedup_code dedup_end(dedup_cleaner* cleaner) {
  return cleaner->run([&](Cleaner& own) {
    own.end();
    return cleaner->heard();
  });
}

dedup_code dedup_abandon(dedup_cleaner* cleaner) {
  return cleaner->run([](Cleaner& own) {
    own.abandon();
    return DEDUP_OK;
  });
}
