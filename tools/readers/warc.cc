// SPDX-License-Identifier: Apache-2.0
// Archives: a page or a text in a WARC file is a document, named by its URL.
#include "dedup/warc.h"

#include <memory>
#include <utility>

#include "readers/reader.h"

namespace dedup::tool {
namespace {

/// Hands the documents of one source on, with what is known of the source.
class Archive : public WarcSink {
 public:
  Archive(const Source& source, Receiver& receiver) : source_(source), receiver_(receiver) {}

  void begin(const WarcDocument& found) override {
    Document document;
    document.name = found.url.empty() ? source_.listed_name() : found.url;
    document.url = found.url;
    document.date = found.date;
    document.content_type = found.content_type;
    document.file = source_.name();
    document.in_record = true;
    document.line = found.record;
    document.offset = found.offset;
    receiver_.begin(std::move(document));
  }
  void feed(std::string_view bytes) override { receiver_.feed(bytes); }
  void end() override { receiver_.end({}); }
  void skipped(const WarcSkipped& record) override { receiver_.skipped(record); }
  void fault(const WarcFault& fault) override { receiver_.fault(fault); }

 private:
  const Source& source_;
  Receiver& receiver_;
};

class ArchiveReader : public Reader {
 public:
  void read(Source& source, Receiver& receiver) override {
    Archive archive(source, receiver);
    WarcReader reader(archive);
    for (auto chunk = source.read(); !chunk.empty(); chunk = source.read()) reader.feed(chunk);
    reader.finish();
  }
};

}  // namespace

std::unique_ptr<Reader> warc_reader() { return std::make_unique<ArchiveReader>(); }

}  // namespace dedup::tool
