// SPDX-License-Identifier: Apache-2.0
#include "support.h"

#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "structure/shape.h"
#include "walls/utf8.h"

namespace dedup::test {
namespace {

[[noreturn]] void fail(const std::string& message) { throw std::runtime_error(message); }

void require(bool holds, const char* contract) {
  if (!holds) fail(std::string("contract of Sink broken: ") + contract);
}

std::string hexadecimal(std::uint32_t value, int least_digits) {
  std::string digits;
  while (value != 0 || static_cast<int>(digits.size()) < least_digits) {
    digits.insert(digits.begin(), "0123456789ABCDEF"[value % 16]);
    value /= 16;
  }
  return digits;
}

struct Range {
  char32_t first;
  char32_t last;
};
// Controls, white space other than U+0020, format characters, fillers, variation selectors, tags.
constexpr Range kInvisible[] = {
    {0x00, 0x1F},     {0x7F, 0xA0},     {0xAD, 0xAD},     {0x34F, 0x34F},     {0x61C, 0x61C},
    {0x115F, 0x1160}, {0x1680, 0x1680}, {0x17B4, 0x17B5}, {0x180B, 0x180F},   {0x2000, 0x200F},
    {0x2028, 0x202F}, {0x205F, 0x206F}, {0x3000, 0x3000}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};

bool is_invisible(char32_t c) {
  return std::any_of(std::begin(kInvisible), std::end(kInvisible),
                     [c](const Range& range) { return range.first <= c && c <= range.last; });
}

/// The length of the sequence at the start of `bytes` (not empty), and whether it is well-formed;
/// if not, the length is that of the maximal subpart. Unicode 15, table 3-7.
struct Sequence {
  std::size_t length;
  bool valid;
};
Sequence first_sequence(std::string_view bytes) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  unsigned low = 0x80;
  unsigned high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  for (std::size_t i = 1; i < length; ++i) {
    if (i == bytes.size() || byte(i) < low || byte(i) > high) return {i, false};
    low = 0x80;
    high = 0xBF;
  }
  return {length, true};
}

}  // namespace

std::filesystem::path testdata(const std::filesystem::path& name) {
  std::filesystem::path path = std::filesystem::path(DEDUP_TESTDATA) / name;
  if (!std::filesystem::exists(path)) fail("test data is missing: " + path.string());
  return path;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file || std::filesystem::is_directory(path)) fail("cannot read " + path.string());
  return bytes;
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) fail("cannot write " + path.string());
}

class MemoryScratch::File : public ScratchFile {
 public:
  explicit File(std::size_t& files) : files_(files) { ++files_; }
  ~File() override { --files_; }

  void append(std::span<const std::byte> bytes) override {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  void read(std::uint64_t offset, std::span<std::byte> bytes) override {
    if (offset > bytes_.size() || bytes.size() > bytes_.size() - offset) {
      throw std::runtime_error("a scratch file is read behind its end");
    }
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), bytes.size(), bytes.begin());
  }

 private:
  std::size_t& files_;
  std::vector<std::byte> bytes_;
};

std::unique_ptr<ScratchFile> MemoryScratch::create() {
  auto file = std::make_unique<File>(files_);
  most_ = std::max(most_, files_);
  return file;
}

TempDir::TempDir() {
  std::string name = (std::filesystem::temp_directory_path() / "dedup_test_XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) fail("cannot make " + name);
  path_ = name;
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string visible(std::string_view bytes) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) {
    const Sequence sequence = first_sequence(bytes.substr(at));
    if (!sequence.valid) {
      out += "⟨" + hexadecimal(static_cast<unsigned char>(bytes[at]), 2) + "⟩";
      ++at;
      continue;
    }
    const char32_t c = utf8::next(bytes, at);
    if (c == '\n') {
      out += "⏎\n";
    } else if (is_invisible(c)) {
      out += "⟨U+" + hexadecimal(c, 4) + "⟩";
    } else {
      utf8::append(out, c);
    }
  }
  return out;
}

std::string unescaped(std::string_view line) {
  std::string result;
  while (!line.empty()) {
    const std::size_t close = line.starts_with("\\u{") ? line.find('}') : std::string_view::npos;
    if (close == std::string_view::npos) {
      result += line.front();
      line.remove_prefix(1);
      continue;
    }
    utf8::append(result, static_cast<char32_t>(
                             std::stoul(std::string(line.substr(3, close - 3)), nullptr, 16)));
    line.remove_prefix(close + 1);
  }
  return result;
}

std::string difference(std::string_view expected, std::string_view actual) {
  if (expected == actual) return {};
  const auto parting =
      std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
  const auto offset = static_cast<std::size_t>(parting.first - expected.begin());
  const auto line = 1 + std::count(expected.begin(), parting.first, '\n');
  return "they part at byte " + std::to_string(offset) + ", line " + std::to_string(line) +
         "\n---- expected ----\n" + visible(expected) + "\n---- actual ----\n" + visible(actual) +
         "\n------------------\n";
}

bool is_utf8(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const Sequence sequence = first_sequence(bytes);
    if (!sequence.valid) return false;
    bytes.remove_prefix(sequence.length);
  }
  return true;
}

std::string decoded(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const Sequence sequence = first_sequence(bytes);
    out += sequence.valid ? bytes.substr(0, sequence.length) : std::string_view("\xEF\xBF\xBD");
    bytes.remove_prefix(sequence.length);
  }
  return out;
}

std::vector<structure::Place> places_of(std::span<const std::string> lines) {
  std::vector<structure::Shape> shapes;
  for (const std::string& line : lines) shapes.push_back(structure::shape_of(line));
  std::vector<structure::Place> places;
  structure::lay_out(shapes, places);
  return places;
}

std::vector<std::string> RecordedDocument::removed(Reason reason) const {
  std::vector<std::string> texts;
  for (const RecordedEdit& edit : edits) {
    if (edit.reason == reason) texts.push_back(edit.text);
  }
  return texts;
}

RecordedDocument& Recorder::open() {
  require(is_open_, "no document is open");
  return documents.back();
}

void Recorder::begin_document(std::uint64_t document, std::string_view name) {
  require(!is_open_, "a document begins inside another");
  require(documents.empty() || document == documents.back().number + 1,
          "documents are numbered one after the other");
  documents.push_back({.number = document, .name = std::string(name)});
  is_open_ = true;
}

void Recorder::kept(std::string_view text) {
  open().clean += text;
  open().decoded += text;
}

void Recorder::edit(const Edit& edit) {
  RecordedDocument& document = open();
  require(edit.start == document.decoded.size(), "an edit starts where the text before it ends");
  require(edit.end == edit.start + edit.text.size(), "an edit covers its text");
  require(edit.text != edit.replacement, "an edit changes something");
  document.decoded += edit.text;
  document.clean += edit.replacement;
  document.edits.push_back({edit.block, edit.start, edit.end, std::string(edit.text),
                            std::string(edit.replacement), edit.reason, std::string(edit.rule),
                            edit.first, edit.similarity});
}

void Recorder::end_document(const Stats& stats, const Damage& damage) {
  RecordedDocument& document = open();
  require(stats.decoded_bytes == document.decoded.size(), "stats count the decoded bytes");
  require(stats.output_bytes == document.clean.size(), "stats count the output bytes");
  document.stats = stats;
  document.damage = damage;
  is_open_ = false;
}

const RecordedDocument& Recorder::only() const {
  if (documents.size() != 1 || is_open_) fail("there is not one whole document");
  return documents.front();
}

}  // namespace dedup::test
