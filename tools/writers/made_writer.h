// SPDX-License-Identifier: Apache-2.0
// JSONL out of documents that were none: files of text, pages of archives.
#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include "dedup/scratch.h"
#include "writers/desk.h"
#include "writers/made_line.h"
#include "writers/origin.h"
#include "writers/record_sink.h"
#include "writers/sinks.h"
#include "writers/writer.h"

namespace dedup::tool {

class MadeWriter : public Writer {
 public:
  /// `scratch`, not null, holds long texts until their documents are judged.
  MadeWriter(Desk desk, const Omission& omission, std::shared_ptr<Scratch> scratch)
      : desk_(desk), omission_(omission), scratch_(std::move(scratch)) {}

  void begin_source(std::shared_ptr<Origin> origin, Target& target) override;
  Sink& open(Document&& document) override;
  /// A separator is no text of the document, and parts no lines.
  void close(std::string_view) override {}

 private:
  /// A record that learns from its page.
  class MadeSink : public RecordSink {
   public:
    MadeSink(Desk desk, std::shared_ptr<Origin> origin, Document&& document,
             std::shared_ptr<MadeLine> line, const Omission& omission, Target& target,
             Scratch& scratch)
        : RecordSink(desk, std::move(origin), std::move(document), {}, omission, target, scratch),
          line_(std::move(line)) {}
    void page(const PageFacts& facts) override {
      RecordSink::page(facts);
      line_->set_facts(facts);
    }

   private:
    std::shared_ptr<MadeLine> line_;
  };

  Desk desk_;
  Omission omission_;
  std::shared_ptr<Scratch> scratch_;
  Target* target_ = nullptr;
  std::shared_ptr<Origin> origin_;
  Sinks<MadeSink> sinks_;
};

}  // namespace dedup::tool
