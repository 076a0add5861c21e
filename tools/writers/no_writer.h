// SPDX-License-Identifier: Apache-2.0
// For a run that only counts: all that is given is taken, and nothing is written.
#pragma once

#include <memory>

#include "writers/writer.h"

namespace dedup::tool {

class NoWriter : public Writer {
 public:
  void begin_source(std::shared_ptr<Origin>, Target&) override {}
  Sink& open(Document&&) override { return nobody_; }
  void close(std::string_view) override {}

 private:
  class Nobody : public Sink {
    void kept(std::string_view) override {}
    void edit(const Edit&) override {}
  } nobody_;
};

}  // namespace dedup::tool
