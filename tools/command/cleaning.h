// SPDX-License-Identifier: Apache-2.0
// Between a reader and a writer: the Cleaner. What the reader gives goes to the Cleaner, which
// tells the writer's sinks what stays; what is no document goes to the writer, past it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "bytes/source.h"
#include "bytes/target.h"
#include "dedup/cleaner.h"
#include "listeners/complaints.h"
#include "readers/reader.h"
#include "writers/desk.h"
#include "writers/writer.h"

namespace dedup::tool {

/// Cleans inputs one after the other; documents are numbered through all of them.
class Cleaning : private Receiver {
 public:
  Cleaning(Cleaner& cleaner, Reader& reader, Writer& writer, Desk desk)
      : cleaner_(cleaner),
        reader_(reader),
        writer_(writer),
        listener_(desk.listener),
        totals_(desk.totals),
        complaints_("passed through") {}

  /// From now on `each` is called behind each document, and each piece of a long one.
  void on_each(std::function<void()> each) { each_ = std::move(each); }

  /// Gives one source to the Cleaner, to its end; it is all written once `origin` is done, flush()
  /// having been called at the latest, until which `target` must live. Throws InputError where the
  /// source cannot be read on: what was read so far is then cleaned all the same.
  void clean(Source& source, std::shared_ptr<Origin> origin, Target& target);

  /// Writes all that was given. `target` of the last source gets no more.
  void flush();

 private:
  void begin(Document&& document) override;
  void feed(std::string_view bytes) override;
  void end(std::string_view separator) override;
  void lead(std::string_view bytes) override;
  void begin_stray(const Stray& stray) override;
  void feed_stray(std::string_view bytes) override;
  void end_stray() override;
  void broken_values(const BrokenValues& values) override;
  void skipped(const WarcSkipped& record) override;
  void fault(const WarcFault& fault) override;
  void close_source();

  Cleaner& cleaner_;
  Reader& reader_;
  Writer& writer_;
  Listener& listener_;
  Totals& totals_;
  Complaints complaints_;
  std::function<void()> each_;
  struct Known {
    std::string name, url, content_type;
  } known_;           // of the document at hand, for as long as the Cleaner looks at it
  std::string name_;  // of the source
  std::string listed_name_;
  std::shared_ptr<Origin> origin_;
  enum class Open { nothing, document, stray } open_ = Open::nothing;
};

}  // namespace dedup::tool
