// Text out of text: the documents one behind the other.
#pragma once

#include <memory>

#include "writers/sinks.h"
#include "writers/text_sink.h"
#include "writers/writer.h"

namespace dedup::tool {

class TextWriter : public Writer {
 public:
  explicit TextWriter(Desk desk) : desk_(desk) {}

  void begin_source(const std::string& label, Target& target) override;
  Sink& open(Document document) override;
  void close(std::string_view separator) override;
  void end_source() override;

 private:
  // All of a text is in its documents.
  bool lead(std::string_view) override { return false; }
  [[nodiscard]] bool has_lead() const override { return false; }
  void write_lead() override {}
  void begin_pass() override {}
  void pass(std::string_view) override {}
  std::uint64_t end_pass(Document&) override { return 0; }

  Desk desk_;
  Sinks<TextSink> sinks_;
  std::shared_ptr<Origin> origin_;
  Target* target_ = nullptr;
};

}  // namespace dedup::tool
