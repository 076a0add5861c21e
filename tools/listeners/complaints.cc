// SPDX-License-Identifier: Apache-2.0
#include "listeners/complaints.h"

#include <utility>

namespace dedup::tool {
namespace {

constexpr std::uint64_t kMost = 10;  // for each file

}  // namespace

void Complaints::begin_source(std::string file, Warnings& warnings) {
  file_ = std::move(file);
  warnings_ = &warnings;
}

std::string Complaints::place(std::uint64_t line) const {
  return file_ + ':' + std::to_string(line + 1);
}

void Complaints::bad_line(std::uint64_t line, std::uint64_t offset, const std::string& fault) {
  what_ = " more bad lines, ";
  count_ += 1;
  if (count_ > kMost) return;
  warnings_->add(place(line) + ": bad line at offset " + std::to_string(offset) + ": " + fault +
                 "; " + fate_);
}

/// Whatever becomes of bad lines, such a string stays where it is.
void Complaints::broken_values(std::uint64_t line, std::uint64_t offset, std::size_t count) {
  what_ = " more bad lines, ";
  count_ += 1;
  if (count_ > kMost) return;
  const std::string values = count == 1 ? "a value" : std::to_string(count) + " values";
  warnings_->add(place(line) + ": record at offset " + std::to_string(offset) + ": " + values +
                 " with a broken escape; left as " + (count == 1 ? "it is" : "they are"));
}

void Complaints::long_line(std::uint64_t line, std::uint64_t offset) {
  warnings_->add_limit(place(line) + ": line at offset " + std::to_string(offset) +
                       " is longer than 64 MiB; " + fate_);
}

void Complaints::fault(const WarcFault& fault) {
  const std::string text = file_ + ": offset " + std::to_string(fault.offset) + ": " + fault.text;
  if (fault.limit) return warnings_->add_limit(text);
  what_ = " more faults, ";
  count_ += 1;
  if (count_ <= kMost) warnings_->add(text);
}

void Complaints::end_source() {
  const std::uint64_t count = std::exchange(count_, 0);
  if (count <= kMost) return;
  warnings_->add(file_ + ": and " + std::to_string(count - kMost) + what_ + std::to_string(count) +
                 " in all");
}

}  // namespace dedup::tool
