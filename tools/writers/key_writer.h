// SPDX-License-Identifier: Apache-2.0
// For `dedup shard keys`: nothing is written, and what the other steps have to know of the
// documents is noted.
#pragma once

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "shards/key_file.h"
#include "writers/record_writer.h"

namespace dedup::tool {

class KeyWriter : public RecordWriter {
 public:
  /// `part` must live as long.
  KeyWriter(Desk desk, std::shared_ptr<Scratch> scratch, Part& part)
      : RecordWriter(desk, {}, std::move(scratch)), part_(part) {}

  bool lead(std::string_view bytes) override {
    part_.lines += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
    return RecordWriter::lead(bytes);
  }
  void write_lead() override {
    RecordWriter::write_lead();
    part_.blanks = blanks();
  }
  std::uint64_t end_pass(Document& line) override {
    const std::uint64_t broken = RecordWriter::end_pass(line);
    note(line);
    return broken;
  }

 protected:
  Sink& add(Document&& document, Lead /*lead*/) override {
    note(document);
    return nobody_;
  }

 private:
  class Nobody : public Sink {
    void kept(std::string_view) override {}
    void edit(const Edit&) override {}
  };

  void note(const Document& document) {
    part_.names.push_back(document.name);
    part_.lines += 1;
    part_.blanks = 0;
  }

  Part& part_;
  Nobody nobody_;
};

}  // namespace dedup::tool
