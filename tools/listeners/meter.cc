// SPDX-License-Identifier: Apache-2.0
#include "listeners/meter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace dedup::tool {
namespace {

using Seconds = Meter::Seconds;

/// Three digits and a unit: 512 B, 45.1 MB, 1.20 GB.
std::string size_text(double bytes) {
  constexpr std::array kUnits = {"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  for (; bytes >= 999.5 && unit + 1 < kUnits.size(); ++unit) bytes /= 1000;
  const int decimals = unit == 0 || bytes >= 99.95 ? 0 : bytes >= 9.995 ? 1 : 2;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.*f %s", decimals, bytes, kUnits[unit]);
  return text.data();
}

/// 0:07, 12:30, 3:02:01.
std::string time_text(Seconds time) {
  const auto seconds = static_cast<std::uint64_t>(std::llround(std::clamp(time.count(), 0.0, 1e9)));
  const unsigned minute = static_cast<unsigned>(seconds / 60 % 60);
  const unsigned second = static_cast<unsigned>(seconds % 60);
  const auto hours = static_cast<unsigned>(seconds / 3600);
  std::array<char, 32> text{};
  if (hours > 0) {
    std::snprintf(text.data(), text.size(), "%u:%02u:%02u", hours, minute, second);
  } else {
    std::snprintf(text.data(), text.size(), "%u:%02u", minute, second);
  }
  return text.data();
}

/// A piece of the text, and how early it is given up.
struct Part {
  std::string text;
  int rank;  // the highest goes first
};

std::string joined(const std::vector<Part>& parts) {
  std::string text;
  for (const Part& part : parts) {
    if (!text.empty()) text += ", ";
    text += part.text;
  }
  return text;
}

}  // namespace

/// An average that forgets: a quarter of the time so far, but no more than 5 minutes, weighs most.
void Meter::update(const RunCount& count, Seconds elapsed) {
  constexpr double kShortest = 2;
  constexpr double kLongest = 300;
  const double step = (elapsed - elapsed_).count();
  const double grown = static_cast<double>(count.bytes - std::min(count.bytes, count_.bytes));
  if (step > 0) {
    const double memory = std::clamp(elapsed.count() / 4, kShortest, kLongest);
    const double weight =
        elapsed.count() <= kShortest ? step / elapsed.count() : 1 - std::exp(-step / memory);
    rate_ += weight * (grown / step - rate_);
    elapsed_ = elapsed;
  }
  count_ = count;
}

std::optional<Seconds> Meter::left() const {
  if (!count_.total || rate_ <= 0) return std::nullopt;
  const std::uint64_t rest = *count_.total - std::min(*count_.total, count_.bytes);
  return Seconds(static_cast<double>(rest) / rate_);
}

std::optional<unsigned> Meter::share() const {
  if (!count_.total) return std::nullopt;
  if (count_.bytes >= *count_.total) return 100;
  return static_cast<unsigned>(100.0 * static_cast<double>(count_.bytes) /
                               static_cast<double>(*count_.total));
}

std::string Meter::text(std::size_t width) const {
  std::vector<Part> parts;
  if (const auto part = share()) parts.push_back({std::to_string(*part) + " %", 0});
  std::string bytes = size_text(static_cast<double>(count_.bytes));
  if (count_.total) bytes += " of " + size_text(static_cast<double>(*count_.total));
  parts.push_back({bytes, count_.total ? 2 : 0});
  parts.push_back({size_text(rate_) + "/s", 3});
  if (const auto time = left()) parts.push_back({time_text(*time) + " left", 1});
  if (count_.all_files > 1) {
    parts.push_back(
        {std::to_string(count_.files) + " of " + std::to_string(count_.all_files) + " files", 4});
  }
  parts.push_back({time_text(elapsed_) + " so far", 5});
  while (parts.size() > 1 && joined(parts).size() > width) {
    parts.erase(std::ranges::max_element(parts, {}, &Part::rank));
  }
  return joined(parts).substr(0, width);
}

}  // namespace dedup::tool
