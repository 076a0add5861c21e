// SPDX-License-Identifier: Apache-2.0
// The outlet: what stands between the editor and a document's sink. A sink may stop listening, and
// a sink that throws must cost its own document only; nobody behind this sees either.
#pragma once

#include <cstdint>
#include <exception>
#include <string_view>

#include "dedup/sink.h"

namespace dedup::cleaner {

/// What a sink threw, told apart from faults of our own: after those the Cleaner is not to be used.
struct SinkFault {
  std::exception_ptr cause;
};

/// Call order: that of Sink. All throw SinkFault.
class Outlet {
 public:
  void begin_document(Sink& sink, std::uint64_t document, std::string_view name) {
    sink_ = &sink;
    tell([&] { sink.begin_document(document, name); });
  }
  void page(const PageFacts& facts) {
    if (sink_ != nullptr) {
      tell([&] { sink_->page(facts); });
    }
  }
  void kept(std::string_view text) {
    if (sink_ != nullptr) {
      tell([&] { sink_->kept(text); });
    }
  }
  void edit(const Edit& edit) {
    if (sink_ != nullptr) {
      tell([&] { sink_->edit(edit); });
    }
  }
  void end_document(const Stats& stats, const Damage& damage, const Encoding& encoding) {
    if (sink_ != nullptr) {
      tell([&] { sink_->read_as(encoding); });
    }
    if (Sink* const sink = sink_) {
      sink_ = nullptr;
      tell([&] { sink->end_document(stats, damage); });
    }
  }

  /// The sink hears no more of the document.
  void close() noexcept { sink_ = nullptr; }

 private:
  template <typename Call>
  void tell(const Call& call) {
    try {
      call();
      if (sink_ != nullptr && sink_->stopped()) {
        sink_ = nullptr;
      }
    } catch (...) {
      sink_ = nullptr;
      throw SinkFault{std::current_exception()};
    }
  }

  Sink* sink_ = nullptr;  // null: nobody listens any more
};

}  // namespace dedup::cleaner
