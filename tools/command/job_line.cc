// SPDX-License-Identifier: Apache-2.0
// Read back is only what was written here, so that the members have one order.
#include "command/job_line.h"

#include <array>
#include <charconv>

#include "bytes/json_text.h"

namespace dedup::tool {
namespace {

constexpr std::int64_t kNanoseconds = 1'000'000'000;

/// A number with a point would lose its last digits on the way through many a reader of JSON.
std::string time_text(std::int64_t modified) {
  std::int64_t seconds = modified / kNanoseconds;
  std::int64_t rest = modified % kNanoseconds;
  if (rest < 0) {  // before 1970
    seconds -= 1;
    rest += kNanoseconds;
  }
  const std::string digits = std::to_string(kNanoseconds + rest);
  return std::to_string(seconds) + '.' + digits.substr(1);
}

std::string state_text(const std::optional<FileState>& state) {
  if (!state) return "null";
  return "{\"bytes\":" + std::to_string(state->size) + ",\"mtime\":\"" +
         time_text(state->modified) + "\"}";
}

/// Milliseconds are enough for people, and what is measured is not compared.
std::string seconds_text(double seconds) {
  std::array<char, 32> text{};
  const auto [end, fault] =
      std::to_chars(text.data(), text.data() + text.size(), seconds, std::chars_format::fixed, 3);
  return fault == std::errc() ? std::string(text.data(), end) : "0";
}

/// Reads one line from its start; what is not as it should be spoils all.
class Scanner {
 public:
  explicit Scanner(std::string_view line) : rest_(line) {}

  void literal(std::string_view text) { good_ = good_ && take(text); }

  /// Passes over `text` if that comes next.
  bool take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  template <typename Number>
  Number number() {
    Number value{};
    const auto [stop, fault] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    good_ = good_ && fault == std::errc();
    rest_.remove_prefix(static_cast<std::size_t>(stop - rest_.data()));
    return value;
  }

  std::string text() {
    std::string value;
    literal("\"");
    while (good_ && !take("\"")) value += character();
    return value;
  }

  /// Device and inode are not written: a file may have moved with its disk.
  std::optional<FileState> state() {
    if (take("null")) return std::nullopt;
    FileState state;
    literal("{\"bytes\":");
    state.size = number<std::uint64_t>();
    literal(",\"mtime\":\"");
    state.modified = number<std::int64_t>() * kNanoseconds;
    literal(".");
    state.modified += number<std::int64_t>();
    literal("\"}");
    return state;
  }

  [[nodiscard]] bool good_so_far() const noexcept { return good_; }
  [[nodiscard]] bool good() const noexcept { return good_ && rest_.empty(); }

 private:
  char character() {
    good_ = good_ && !rest_.empty();
    if (!good_) return '\0';
    char c = rest_.front();
    rest_.remove_prefix(1);
    return c == '\\' ? escaped() : c;
  }

  /// What json_string() writes: of the controls some have a letter, the others two digits.
  char escaped() {
    constexpr std::string_view kNames = "\"\\bfnrt";
    constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
    if (take("u00") && rest_.size() >= 2) {
      int code = 0;
      good_ = std::from_chars(rest_.data(), rest_.data() + 2, code, 16).ec == std::errc();
      rest_.remove_prefix(2);
      return static_cast<char>(code);
    }
    const std::size_t named = rest_.empty() ? kNames.npos : kNames.find(rest_.front());
    good_ = named != kNames.npos;
    if (good_) rest_.remove_prefix(1);
    return good_ ? kNamed[named] : '\0';
  }

  std::string_view rest_;
  bool good_ = true;
};

}  // namespace

std::string to_line(const JobHead& head) {
  std::string line = "{\"job\":1,\"dedup\":" + json_string(head.version);
  line += ",\"recipe\":" + json_string(head.recipe);
  line += ",\"typed\":" + json_string(head.typed);
  line += ",\"files\":" + std::to_string(head.files);
  line += ",\"operands\":" + json_string(head.operands) + ",\"options\":[";
  for (const std::string& option : head.options) {
    line += (line.back() == '[' ? "" : ",") + json_string(option);
  }
  return line + "]}\n";
}

std::string to_line(const JobLine& line) {
  return "{\"number\":" + std::to_string(line.number) + ",\"file\":" + json_string(line.file) +
         ",\"input\":" + state_text(line.input) + ",\"output\":" + state_text(line.output) +
         ",\"status\":" + std::to_string(line.status) +
         ",\"seconds\":" + seconds_text(line.seconds) + ",\"fault\":" + json_string(line.fault) +
         "}\n";
}

std::optional<JobHead> parse_job_head(std::string_view line) {
  Scanner scanner(line);
  JobHead head;
  scanner.literal("{\"job\":1,\"dedup\":");
  head.version = scanner.text();
  scanner.literal(",\"recipe\":");
  head.recipe = scanner.text();
  scanner.literal(",\"typed\":");
  head.typed = scanner.text();
  scanner.literal(",\"files\":");
  head.files = scanner.number<std::uint64_t>();
  scanner.literal(",\"operands\":");
  head.operands = scanner.text();
  scanner.literal(",\"options\":[");
  while (scanner.good_so_far() && !scanner.take("]")) {
    if (!head.options.empty()) scanner.literal(",");
    head.options.push_back(scanner.text());
  }
  scanner.literal("}");
  return scanner.good() ? std::optional(std::move(head)) : std::nullopt;
}

std::optional<JobLine> parse_job_line(std::string_view text) {
  Scanner scanner(text);
  JobLine line;
  scanner.literal("{\"number\":");
  line.number = scanner.number<std::uint64_t>();
  scanner.literal(",\"file\":");
  line.file = scanner.text();
  scanner.literal(",\"input\":");
  line.input = scanner.state();
  scanner.literal(",\"output\":");
  line.output = scanner.state();
  scanner.literal(",\"status\":");
  line.status = scanner.number<int>();
  scanner.literal(",\"seconds\":");
  line.seconds = scanner.number<double>();
  scanner.literal(",\"fault\":");
  line.fault = scanner.text();
  scanner.literal("}");
  return scanner.good() ? std::optional(std::move(line)) : std::nullopt;
}

}  // namespace dedup::tool
