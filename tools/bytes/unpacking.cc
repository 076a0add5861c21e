// SPDX-License-Identifier: Apache-2.0
#include "bytes/unpacking.h"

#include <algorithm>
#include <utility>

#include "bytes/fault.h"

namespace dedup::tool {
namespace {

/// Whether this head of a magic could not begin a text: each has a byte that is no UTF-8 there.
bool tells_enough(std::string_view head) {
  return std::any_of(head.begin(), head.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// So many bytes in MiB, rounded up.
std::string in_mib(std::uint64_t bytes) {
  return std::to_string((bytes + (std::uint64_t{1} << 20) - 1) >> 20) + " MiB";
}

}  // namespace

UnpackingSource::UnpackingSource(std::unique_ptr<ByteSource> below, const std::string& name,
                                 std::string label, UnpackLimits limits)
    : below_(std::move(below)),
      label_(std::move(label)),
      limits_(std::move(limits)),
      by_name_(compression_of_name(name)) {}

std::string_view UnpackingSource::read() {
  if (at_ == At::start) recognise();
  return unpacker_ ? unpacked() : next();
}

/// Waits for no more bytes than can still decide, so that a line typed by hand passes at once.
void UnpackingSource::recognise() {
  std::string start;
  for (;;) {
    second_ = below_->read();
    start = head_ + std::string(second_.substr(0, kLongestMagic));
    if (second_.empty() || !may_become_compressed(start)) break;
    head_ += second_;
  }
  at_ = At::head;
  compression_ = compression_of(start);
  if (compression_ != Compression::none) {
    unpacker_ = std::make_unique<Unpacker>(compression_, limits_);
  } else if (may_become_compressed(start) &&
             (by_name_ != Compression::none || tells_enough(start))) {
    compression_ = by_name_;
    truncated(start.size());
  }
}

std::string_view UnpackingSource::next() {
  if (at_ == At::head) {
    at_ = At::second;
    if (!head_.empty()) return head_;
  }
  if (at_ == At::second) {
    at_ = At::middle;
    return second_;
  }
  return below_->read();
}

std::string_view UnpackingSource::unpacked() {
  while (at_ != At::end) {
    const std::string_view text = unpacker_->unpack(packed_);
    if (!text.empty()) {
      if (!std::exchange(any_, true)) refuse_twice(text);
      return text;
    }
    if (unpacker_->state() != Unpacking::going_on) fail();
    packed_ = next();
    if (!packed_.empty()) continue;
    unpacker_->finish();
    if (unpacker_->state() != Unpacking::whole) fail();
    at_ = At::end;
  }
  return {};
}

/// A bomb packed several times over grows by more than any limit on one layer would let it.
void UnpackingSource::refuse_twice(std::string_view text) const {
  const Compression inner = compression_of(text);
  if (inner == Compression::none) return;
  throw ReadError(label_ + ": is compressed twice, by " + std::string(name_of(inner)) +
                  " inside: unpack it once, with " + unpacking_program(compression_));
}

void UnpackingSource::truncated(std::uint64_t offset) const {
  throw ReadError(place(offset) + "ends too early");
}

void UnpackingSource::fail() const {
  const std::string at = place(unpacker_->offset());
  const std::string pipe =
      "unpack it with " + unpacking_program(compression_) + " and pipe that in";
  switch (unpacker_->state()) {
    case Unpacking::truncated:
      truncated(unpacker_->offset());
    case Unpacking::trailing:
      throw ReadError(at + "something else follows, and is not read");
    case Unpacking::too_dense:
      throw LimitError(at + "grows to more than " + std::to_string(limits_.ratio) +
                       " times its size; if that is meant, " + pipe);
    case Unpacking::too_large:
      throw LimitError(at + "needs " + in_mib(unpacker_->needed()) + " of memory to unpack, " +
                       in_mib(limits_.memory) + " are allowed: give more --memory, or " + pipe);
    default:
      throw ReadError(at + "damaged");
  }
}

/// Of the file as it is, not of what it holds.
std::string UnpackingSource::place(std::uint64_t offset) const {
  const std::string what(compression_ == Compression::none ? "compressed" : name_of(compression_));
  return label_ + ": offset " + std::to_string(offset) + " of the " + what + " data: ";
}

std::string unpacking_program(Compression compression) {
  return compression == Compression::gzip ? "zcat" : std::string(name_of(compression)) + "cat";
}

const UnpackingSource& unpack(Source& source, UnpackLimits limits) {
  const UnpackingSource* stage = nullptr;
  source.pass_through([&](std::unique_ptr<ByteSource> below) {
    auto made = std::make_unique<UnpackingSource>(std::move(below), source.name(), source.label(),
                                                  std::move(limits));
    stage = made.get();
    return made;
  });
  return *stage;
}

std::string read_all(const std::string& operand) {
  Source source(operand);
  unpack(source);
  std::string all;
  for (std::string_view chunk = source.read(); !chunk.empty(); chunk = source.read()) all += chunk;
  return all;
}

}  // namespace dedup::tool
