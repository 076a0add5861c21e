// SPDX-License-Identifier: Apache-2.0
// Names of files are bytes: they are compared and mirrored as they are, and escaped only for the
// eye. Everything here asks the file system and changes nothing.
#include "bytes/paths.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "bytes/fault.h"
#include "dedup/compression.h"

namespace dedup::tool {
namespace {

namespace fs = std::filesystem;

/// Bytes of the character that starts `text`: 0 if it is none, or a C1 control.
std::size_t printable_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) >= 0x20 && byte(0) < 0x7F) return 1;
  const std::size_t length = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
  if (byte(0) < 0xC2 || byte(0) > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  }
  return byte(0) == 0xC2 && byte(1) < 0xA0 ? 0 : length;
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  if (c == '\n') {
    out += "\\n";
  } else if (c == '\t') {
    out += "\\t";
  } else {
    out += "\\x";
    out += kDigits[byte >> 4];
    out += kDigits[byte & 0xFU];
  }
}

std::optional<FileId> id_of(int failed, const struct stat& status) {
  if (failed != 0) return std::nullopt;
  return FileId{status.st_dev, status.st_ino, S_ISREG(status.st_mode)};
}

/// Whether a path is relative and normal already.
bool is_normal(std::string_view path) {
  while (!path.empty()) {
    const std::size_t length = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, length);
    if (part.empty() || part == "." || part == "..") return false;
    path.remove_prefix(length);
    if (path == "/") return false;
    path.remove_prefix(path.empty() ? 0 : 1);
  }
  return true;
}

/// The path with its directory made canonical, so that two spellings of it compare equal.
fs::path spelled(const fs::path& path) {
  std::error_code none;
  const fs::path directory = fs::canonical(path.has_parent_path() ? path.parent_path() : ".", none);
  return none ? path.lexically_normal() : directory / path.filename();
}

}  // namespace

std::string shown(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = printable_length(text);
    if (length == 0) {
      append_escape(out, text.front());
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

/// As std::filesystem has it, which takes a path apart for it: asked of every file, by several.
std::string content_extension(const std::string& name) {
  std::string_view file = name_of_content(name);
  file.remove_prefix(file.rfind('/') + 1);  // npos + 1 is 0
  const std::size_t dot = file.rfind('.');
  if (dot == file.npos || dot == 0 || file == "..") return {};
  std::string extension(file.substr(dot));
  std::transform(extension.begin(), extension.end(), extension.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return extension;
}

std::optional<FileId> input_id(const std::string& operand) {
  if (operand == "-") return descriptor_id(STDIN_FILENO);
  struct stat status {};
  const int failed = ::stat(operand.c_str(), &status);
  return id_of(failed, status);
}

std::optional<FileId> descriptor_id(int descriptor) {
  struct stat status {};
  const int failed = ::fstat(descriptor, &status);
  return id_of(failed, status);
}

fs::path followed(fs::path path) {
  constexpr int kMostLinks = 40;  // as the kernel
  std::error_code none;
  for (int i = 0; i < kMostLinks && fs::is_symlink(path, none); ++i) {
    path = path.parent_path() / fs::read_symlink(path, none);
  }
  return path;
}

fs::path canonical_name(const fs::path& path) { return spelled(followed(path)); }

bool same_place(const fs::path& left, const fs::path& right) {
  const fs::path a = followed(left);
  const fs::path b = followed(right);
  const auto known = input_id(a.string());
  if (known && !known->regular) return false;  // a device or a pipe takes any number of writers
  return spelled(a) == spelled(b) || (known && known == input_id(b.string()));
}

std::optional<int> descriptor_number(const fs::path& path) {
  std::error_code none;
  const fs::path own = fs::canonical("/proc/self/fd", none);
  if (none) return std::nullopt;
  fs::path at = path;
  for (int i = 0; i < 2; ++i) {  // /dev/stdout -> /proc/self/fd/1
    const std::string name = at.filename().string();
    int number = 0;
    const auto [stop, fault] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool whole = fault == std::errc() && stop == name.data() + name.size();
    if (whole && fs::canonical(at.parent_path(), none) == own) return number;
    if (!fs::is_symlink(at, none)) return std::nullopt;
    at = at.parent_path() / fs::read_symlink(at, none);
  }
  return std::nullopt;
}

fs::path mirrored(const fs::path& directory, const std::string& operand) {
  if (is_normal(operand)) return directory / operand;
  const fs::path path(operand);
  for (const fs::path& part : path) {
    if (part == "..") {
      throw UsageError("--output-dir does not take a path with \"..\" in it: " + shown(operand));
    }
  }
  return directory / path.relative_path().lexically_normal();
}

}  // namespace dedup::tool
