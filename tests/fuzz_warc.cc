// SPDX-License-Identifier: Apache-2.0
// Fuzz target: what a WarcReader says of a file does not depend on the pieces that it comes in, and
// its calls follow the grammar of WarcSink.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "dedup/warc.h"

namespace {

void require(bool holds, const char* promise) {
  if (!holds) throw std::logic_error(promise);
}

/// All that is said, as text.
class Trace : public dedup::WarcSink {
 public:
  void begin(const dedup::WarcDocument& document) override {
    require(!open_, "a document begins behind another");
    require(document.url.find_first_of(" \n") == std::string::npos, "a URL has no blanks");
    open_ = true;
    add("begin " + document.url + ' ' + document.date + ' ' + document.content_type,
        document.offset, document.record);
  }
  void feed(std::string_view bytes) override {
    require(open_, "bytes belong to a document");
    text_ += bytes;
  }
  void end() override {
    require(open_, "a document that began ends");
    open_ = false;
    text_ += "\nend\n";
  }
  void skipped(const dedup::WarcSkipped& record) override {
    require(!open_, "a record is passed over outside of a document");
    add(std::string(name(record.why)) + ' ' + record.detail + record.url, record.offset,
        record.record);
  }
  void fault(const dedup::WarcFault& fault) override { faults_ += fault.text + '\n'; }

  [[nodiscard]] std::string take() const {
    require(!open_, "no document is left open");
    return text_ + faults_;
  }

 private:
  void add(const std::string& line, std::uint64_t offset, std::uint64_t record) {
    text_ += line + ' ' + std::to_string(offset) + ' ' + std::to_string(record) + '\n';
  }

  std::string text_;
  std::string faults_;
  bool open_ = false;
};

std::string trace(std::string_view bytes, std::size_t piece) {
  Trace trace;
  dedup::WarcReader reader(trace);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    reader.feed(bytes.substr(0, piece));
  }
  reader.finish();
  return trace.take();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string whole = trace(bytes, size + 1);
  for (const std::size_t piece : {1U, 5U, 64U}) {
    require(trace(bytes, piece) == whole, "pieces change nothing");
  }
  return 0;
}
