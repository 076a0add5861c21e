// SPDX-License-Identifier: Apache-2.0
// Held windows: those of a document that may turn out a repeat, until its end shows. Where memory
// is short their text goes to disk and they are analysed again when they come back.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>

#include "cleaner/analysis.h"
#include "cleaner/window.h"
#include "dedup/scratch.h"
#include "memory/budget.h"

namespace dedup::cleaner {

/// First in, first out. One thread at a time. push(), pop() and spill() throw what the scratch file
/// throws.
class HeldWindows final : public memory::Spillable {
 public:
  /// Both must outlive it.
  HeldWindows(const Analyser& analyser, memory::Budget& budget);
  ~HeldWindows() override { budget_.leave(*this); }
  HeldWindows(const HeldWindows&) = delete;
  HeldWindows& operator=(const HeldWindows&) = delete;

  /// The document that the next windows belong to is of this host. Requires: empty.
  void begin_document(boilerplate::Host host) noexcept { host_ = host; }

  void push(std::unique_ptr<Window> window);
  /// Requires: not empty.
  [[nodiscard]] std::unique_ptr<Window> pop();
  [[nodiscard]] bool empty() const noexcept { return held_.empty(); }
  /// Drops them all.
  void clear() noexcept;

  [[nodiscard]] std::size_t memory() const noexcept override { return bytes_; }
  [[nodiscard]] std::size_t spillable() const noexcept override { return bytes_; }
  void spill() override;

 private:
  struct Held {
    std::unique_ptr<Window> window;  // or null, and this stands for it:
    text::Stretch stretch;           // without its text, which is in the file
    std::shared_ptr<const boilerplate::PageMarkup> page;
    std::uint64_t place = 0;
    std::size_t size = 0;
  };

  void put_away(Held& held);
  [[nodiscard]] std::unique_ptr<Window> bring_back(Held& held);

  const Analyser& analyser_;
  memory::Budget& budget_;
  boilerplate::Host host_ = 0;
  std::deque<Held> held_;
  std::size_t bytes_ = 0;
  std::unique_ptr<ScratchFile> file_;
  std::uint64_t written_ = 0;
  Workbench workbench_;
};

}  // namespace dedup::cleaner
