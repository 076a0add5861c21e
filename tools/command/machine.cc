// SPDX-License-Identifier: Apache-2.0
#include "command/machine.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "bytes/descriptor.h"

namespace dedup::tool {
namespace {

/// A file of the kernel's, which is short; empty if there is none. A stream would take longer to
/// open than the file to read.
std::string text_in(const char* path) {
  const Descriptor file = open_at(AT_FDCWD, path, O_RDONLY);
  std::string text;
  std::array<char, 4096> piece;
  for (ssize_t size = 1; file.number() >= 0 && size > 0;) {
    size = ::read(file.number(), piece.data(), piece.size());
    if (size > 0) text.append(piece.data(), static_cast<std::size_t>(size));
  }
  return text;
}

/// The number in a file; none if there is no file, or a word like "max".
std::optional<std::uint64_t> number_in(const std::string& path) {
  const std::string text = text_in(path.c_str());
  std::uint64_t number = 0;
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
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
  const std::string groups = text_in("/proc/self/cgroup");
  for (std::string_view rest = groups; !rest.empty();) {  // number:controllers:path
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::size_t first = line.find(':');
    const std::size_t second = first == line.npos ? first : line.find(':', first + 1);
    if (second == line.npos) continue;
    const std::string_view controllers = line.substr(first + 1, second - first - 1);
    const std::string path(line.substr(second + 1));
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
