// SPDX-License-Identifier: Apache-2.0
#include "command/machine.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace dedup::tool {
namespace {

/// The number in a file of the kernel's; none if there is no file, or a word like "max".
std::optional<std::uint64_t> number_in(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  std::uint64_t number = 0;
  const auto [stop, fault] = std::from_chars(line.data(), line.data() + line.size(), number);
  return fault == std::errc() ? std::optional(number) : std::nullopt;
}

/// The least limit on the way from a control group up to the root.
std::uint64_t least_limit(const std::string& root, std::string group, const std::string& file) {
  std::uint64_t least = ~std::uint64_t{0};
  for (;;) {
    std::string path = root;
    path += group;
    path += '/';
    path += file;
    least = std::min(least, number_in(path).value_or(least));
    const std::size_t slash = group.rfind('/');
    if (slash == group.npos) return least;
    group.erase(slash);
  }
}

std::uint64_t group_memory() {
  std::uint64_t least = ~std::uint64_t{0};
  std::ifstream groups("/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {  // number:controllers:path
    const std::size_t first = line.find(':');
    const std::size_t second = first == line.npos ? first : line.find(':', first + 1);
    if (second == line.npos) continue;
    const std::string_view controllers =
        std::string_view(line).substr(first + 1, second - first - 1);
    const std::string path = line.substr(second + 1);
    if (controllers.empty()) {  // version 2
      least = std::min(least, least_limit("/sys/fs/cgroup", path, "memory.max"));
    } else if (controllers.find("memory") != controllers.npos) {
      least = std::min(least, least_limit("/sys/fs/cgroup/memory", path, "memory.limit_in_bytes"));
    }
  }
  return least;
}

}  // namespace

std::uint64_t machine_memory() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page = ::sysconf(_SC_PAGESIZE);
  constexpr std::uint64_t kUnknown = std::uint64_t{2} << 30;
  const std::uint64_t machine =
      pages > 0 && page > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page)
                            : kUnknown;
  return std::min(machine, group_memory());
}

}  // namespace dedup::tool
