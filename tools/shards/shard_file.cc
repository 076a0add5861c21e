// SPDX-License-Identifier: Apache-2.0
#include "shards/shard_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "bytes/fault.h"
#include "bytes/file_state.h"
#include "bytes/paths.h"

namespace dedup::tool {
namespace {

constexpr std::string_view kFormat = "1";
constexpr std::uint64_t kHeading = 4096;  // nearly all are shorter
constexpr std::uint64_t kLongestHeading = std::uint64_t{1} << 20;

std::string first_line(std::string_view kind) {
  return "dedup-" + std::string(kind) + ' ' + std::string(kFormat);
}

/// Options as they are told to people.
std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text.empty() ? "none" : text;
}

}  // namespace

void Heading::add(std::string_view name, std::string_view value) {
  lines_.emplace_back(name, value);
}

void Heading::add(std::string_view name, std::uint64_t value) { add(name, std::to_string(value)); }

void Heading::add(const Making& making) {
  add("version", making.version);
  add("recipe", making.recipe);
  add("check", making.check);
  for (const std::string& setting : making.settings) add("option", setting);
}

const std::string* Heading::find(std::string_view name) const noexcept {
  const auto line =
      std::ranges::find_if(lines_, [&](const auto& each) { return each.first == name; });
  return line == lines_.end() ? nullptr : &line->second;
}

std::vector<std::string> Heading::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [each, value] : lines_) {
    if (each == name) values.push_back(value);
  }
  return values;
}

std::string Heading::text(std::string_view kind) const {
  std::string text = first_line(kind) + '\n';
  for (const auto& [name, value] : lines_) text.append(name).append(" ").append(value) += '\n';
  return text += '\n';
}

/// The heading has no length of its own, so as much is read as it takes to find its end: little
/// for most, since thousands of files are opened.
ShardFile::ShardFile(const std::string& path, std::string_view kind) : path_(path) {
  open();
  const auto state = state_of(file_.number());
  if (!state) fail("is no regular file, and is read by pieces");
  size_ = state->size;
  const std::uint64_t most = std::min(size_, kLongestHeading);
  std::string head;
  std::size_t end = head.npos;
  for (std::uint64_t size = kHeading; end == head.npos && head.size() < most; size *= 16) {
    head = read(0, std::min(size, most));
    end = head.find("\n\n");
  }
  if (!head.starts_with(first_line(kind) + '\n') || end == head.npos) {
    fail("is not what dedup shard " + std::string(kind) + " of this version writes");
  }
  body_ = end + 2;
  std::string_view lines = std::string_view(head).substr(0, end + 1);
  lines.remove_prefix(lines.find('\n') + 1);
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    const std::size_t blank = std::min(line.find(' '), line.size());
    heading_.add(line.substr(0, blank), line.substr(std::min(blank + 1, line.size())));
    lines.remove_prefix(line.size() + 1);
  }
  release();
}

void ShardFile::open() const {
  file_ = open_at(AT_FDCWD, path_.c_str(), O_RDONLY | O_NOCTTY);
  if (file_.number() < 0) fail(cause());
}

void ShardFile::fail(const std::string& why) const { throw InputError(shown(path_) + ": " + why); }

std::uint64_t ShardFile::number(std::string_view name) const {
  const std::string* const value = heading_.find(name);
  std::uint64_t number = 0;
  if (value == nullptr ||
      std::from_chars(value->data(), value->data() + value->size(), number).ec != std::errc()) {
    fail("its heading lacks " + std::string(name));
  }
  return number;
}

Making ShardFile::making() const {
  const auto text = [&](std::string_view name) {
    const std::string* const value = heading_.find(name);
    if (value == nullptr) fail("its heading lacks " + std::string(name));
    return *value;
  };
  return {text("version"), text("recipe"), text("check"), heading_.all("option")};
}

/// Digits, since it means nothing but itself.
std::uint64_t ShardFile::identity() const {
  constexpr int kHexadecimal = 16;
  const std::string* const value = heading_.find("part");
  std::uint64_t number = 0;
  if (value == nullptr ||
      std::from_chars(value->data(), value->data() + value->size(), number, kHexadecimal).ec !=
          std::errc()) {
    fail("its heading lacks part");
  }
  return number;
}

/// By division, since a number in a damaged heading may be of any size.
std::uint64_t ShardFile::section(std::uint64_t count, std::uint64_t width) {
  if (count > (size_ - body_ - used_) / width) fail("is cut short");
  return std::exchange(used_, used_ + count * width);
}

void ShardFile::end_sections() const {
  if (used_ != size_ - body_) fail("is longer than its heading says");
}

/// The bounds are asked first, so that no damage makes room for more than the file has.
std::string ShardFile::read(std::uint64_t offset, std::uint64_t size) const {
  if (offset > size_ - body_ || size > size_ - body_ - offset) fail("is cut short");
  if (file_.number() < 0) open();
  std::string bytes(size, '\0');
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got = ::pread(file_.number(), bytes.data() + have, bytes.size() - have,
                                static_cast<off_t>(body_ + offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(cause());
    if (got == 0) fail("is cut short");
    have += static_cast<std::size_t>(got);
  }
  return bytes;
}

/// The first difference is told, the gravest first.
void must_agree(const std::string& path, const Making& making, const std::string& other,
                const Making& others) {
  const auto refuse = [&](const std::string& what, const std::string& one, const std::string& two) {
    throw InputError(shown(path) + " and " + shown(other) + " were made with different " + what +
                     (one.empty() ? one : ": " + one + " and " + two));
  };
  if (making.version != others.version) refuse("versions", making.version, others.version);
  if (making.recipe != others.recipe) refuse("recipes of keys", making.recipe, others.recipe);
  if (making.settings != others.settings) {
    refuse("options", joined(making.settings), joined(others.settings));
  }
  if (making.check != others.check) refuse("secrets", {}, {});
}

}  // namespace dedup::tool
