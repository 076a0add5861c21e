// SPDX-License-Identifier: Apache-2.0
// The edit list as text: writes its three kinds of line and reads them back. Every line is valid
// JSON whatever stands in names and texts: names of files need not be UTF-8, so what is not is
// written as U+FFFD. Cost: linear in the length of the line, either way.
//
// A line says what it is by a member that only its kind has: "dedup" a header, "start" an edit,
// "decoded" a closing line. So members may be added to a kind without harm to older readers, which
// pass over what they do not know, but for these three.
#include "dedup/edit_list.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "dedup/error.h"
#include "dedup/version.h"
#include "walls/digits.h"
#include "walls/hash.h"
#include "walls/json.h"
#include "walls/json_path.h"
#include "walls/json_scan.h"

namespace dedup {
namespace {

// -- writing --------------------------------------------------------------------------------------

/// `bytes` with U+FFFD in place of each byte that is no part of a character.
std::string made_valid(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    std::size_t length = 1;
    const std::size_t longest = std::min<std::size_t>(4, bytes.size());
    while (length <= longest && !json::is_valid_utf8(bytes.substr(0, length))) ++length;
    const bool valid = length <= longest;
    out += valid ? bytes.substr(0, length) : "\uFFFD";
    bytes.remove_prefix(valid ? length : 1);
  }
  return out;
}

/// One JSON object on one line, built member by member in the order of the calls. A key must not be
/// given twice.
class Line {
 public:
  void add(std::string_view key, std::string_view text) {
    start(key);
    if (json::is_valid_utf8(text)) {
      json::append_string(line_, text);
    } else {
      json::append_string(line_, made_valid(text));
    }
  }
  void add(std::string_view key, std::uint64_t number) {
    start(key);
    line_ += std::to_string(number);
  }
  /// The shortest digits that read back as the same number, whatever the locale.
  void add(std::string_view key, double number) {
    start(key);
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    line_.append(digits, end);
  }
  /// An object in the object: where the earlier copy stands.
  void add(std::string_view key, const Position& position, std::string_view name) {
    Line inner;
    inner.add("document", position.document);
    if (!name.empty()) inner.add("name", name);
    inner.add("block", position.block);
    start(key);
    line_ += inner.line_ + '}';
  }
  void add(std::string_view key, const std::vector<std::string>& texts) {
    start(key);
    for (const std::string& text : texts) {
      line_ += &text == &texts.front() ? '[' : ',';
      json::append_string(line_, json::is_valid_utf8(text) ? text : made_valid(text));
    }
    line_ += ']';
  }
  void add(std::string_view key, const std::vector<std::uint64_t>& numbers) {
    start(key);
    for (const std::uint64_t& number : numbers) {
      line_ += &number == &numbers.front() ? '[' : ',';
      line_ += std::to_string(number);
    }
    line_ += ']';
  }
  /// There is no other: what is false is left out.
  void add_true(std::string_view key) {
    start(key);
    line_ += "true";
  }

  /// The whole line with its line feed. Ends its life: the text is moved out.
  std::string finish() && { return std::move(line_ += "}\n"); }

 private:
  void start(std::string_view key) {
    if (line_.size() > 1) line_ += ',';
    json::append_string(line_, key);
    line_ += ':';
  }

  std::string line_ = "{";
};

// -- reading --------------------------------------------------------------------------------------

/// The members of a line, asked for by name; of two under one key the first counts. A line has a
/// dozen at most, so that each is looked for from the start. Whatever is asked for and is not as it
/// should be throws FormatError with the name of the member.
class Members {
 public:
  explicit Members(std::string_view line) : line_(line), members_(json::members(line)) {}

  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }

  /// A count: digits alone. JSON's 1e3, 1.0 and -1 are numbers, too, and refused.
  [[nodiscard]] std::uint64_t number(std::string_view key) const {
    const json::Member& member = need(key);
    return count(key, member.start, member.end);
  }
  [[nodiscard]] std::uint64_t number_or_zero(std::string_view key) const {
    return has(key) ? number(key) : 0;
  }
  /// A number of any kind; nothing where it is missing.
  [[nodiscard]] std::optional<double> real(std::string_view key) const {
    if (!has(key)) return std::nullopt;
    const json::Member& member = need(key);
    const char* const last = line_.data() + member.end;
    double value = 0;
    const auto [stop, fault] = std::from_chars(line_.data() + member.start, last, value);
    if (fault != std::errc() || stop != last) throw FormatError(fault_of(key, "is not a number"));
    return value;
  }
  /// The object under a key, as written.
  [[nodiscard]] std::string_view object(std::string_view key) const {
    const json::Member& member = need(key);
    const std::string_view written = line_.substr(member.start, member.end - member.start);
    if (!written.starts_with('{')) throw FormatError(fault_of(key, "is not an object"));
    return written;
  }
  /// Counts in an array; none where it is missing.
  [[nodiscard]] std::vector<std::uint64_t> numbers(std::string_view key) const {
    std::vector<std::uint64_t> values;
    for (const json::Scan::Found& each : elements(key)) {
      values.push_back(count(key, each.start, each.end));
    }
    return values;
  }
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const {
    std::vector<std::string> values;
    for (const json::Scan::Found& each : elements(key)) {
      if (!each.string || each.broken) throw FormatError(fault_of(key, "is not of strings"));
      json::append_unescaped(values.emplace_back(),
                             line_.substr(each.start + 1, each.end - each.start - 2));
    }
    return values;
  }
  [[nodiscard]] std::string text(std::string_view key) const {
    const json::Member& member = need(key);
    if (!member.string) throw FormatError(fault_of(key, "is not a string"));
    return *member.string;
  }
  [[nodiscard]] std::string text_or_nothing(std::string_view key) const {
    return has(key) ? text(key) : std::string();
  }
  /// Whether it is there and says `true`; anything else is as good as false.
  [[nodiscard]] bool is_true(std::string_view key) const {
    const json::Member* member = find(key);
    return member != nullptr && line_.substr(member->start, member->end - member->start) == "true";
  }

 private:
  [[nodiscard]] std::uint64_t count(std::string_view key, std::size_t start,
                                    std::size_t end) const {
    const char* const last = line_.data() + end;
    std::uint64_t value = 0;
    const auto [stop, fault] = std::from_chars(line_.data() + start, last, value);
    if (fault != std::errc() || stop != last) throw FormatError(fault_of(key, "is not a count"));
    return value;
  }
  /// Where the elements of an array stand in the line, which is valid.
  [[nodiscard]] std::vector<json::Scan::Found> elements(std::string_view key) const {
    if (!has(key)) return {};
    const auto path = json::Path::pointer('/' + std::string(key) + "/*");
    const std::vector<json::Path> paths{*path};
    json::Scan scan(paths);
    scan.feed(line_);
    return scan.finish();
  }
  static std::string fault_of(std::string_view key, std::string_view fault) {
    return "member \"" + std::string(key) + "\" " + std::string(fault);
  }
  [[nodiscard]] const json::Member* find(std::string_view key) const {
    const auto found = std::find_if(members_.begin(), members_.end(),
                                    [&](const json::Member& member) { return member.key == key; });
    return found == members_.end() ? nullptr : &*found;
  }
  [[nodiscard]] const json::Member& need(std::string_view key) const {
    const json::Member* member = find(key);
    if (member == nullptr) throw FormatError(fault_of(key, "is missing"));
    return *member;
  }

  std::string_view line_;
  std::vector<json::Member> members_;
};

/// Version and recipe are passed over: how to restore depends on neither.
EditListHeader header_of(const Members& members) {
  return {.format = members.text("format"),
          .field = members.text_or_nothing("field"),
          .options = members.text_or_nothing("options"),
          .separate = members.is_true("separate"),
          .fields = members.texts("fields")};
}

/// start, end and text say the same thing twice, so that a list that was edited by hand, or cut by
/// a tool that counts characters and not bytes, is refused before it undoes anything.
StoredEdit edit_of(const Members& members) {
  StoredEdit edit{.document = members.number("document"),
                  .name = members.text_or_nothing("name"),
                  .start = members.number("start"),
                  .end = members.number("end"),
                  .text = members.text("text"),
                  .replacement = members.text_or_nothing("replacement"),
                  .block = members.number_or_zero("block"),
                  .reason = reason_named(members.text_or_nothing("reason")),
                  .rule = members.text_or_nothing("rule"),
                  .similarity = members.real("similarity")};
  if (members.has("first")) {
    const Members first(members.object("first"));
    edit.first = Position{first.number("document"), first.number("block")};
    edit.first_name = first.text_or_nothing("name");
  }
  if (edit.end < edit.start || edit.end - edit.start != edit.text.size()) {
    throw FormatError("start, end and the length of text disagree");
  }
  return edit;
}

/// Lists of version 0.1 have neither digest nor before: nothing to compare, no blank lines to pass.
EditListClosing closing_of(const Members& members) {
  EditListClosing closing{.document = members.number("document"),
                          .name = members.text_or_nothing("name"),
                          .file = members.text_or_nothing("file"),
                          .decoded = members.number("decoded"),
                          .output = members.number("output"),
                          .passed = members.is_true("passed"),
                          .digest = members.text_or_nothing("digest"),
                          .frame = members.number_or_zero("frame"),
                          .parting = members.text_or_nothing("parting"),
                          .before = members.number_or_zero("before"),
                          .omitted = std::nullopt,
                          .fields = members.numbers("fields")};
  if (members.has("omitted")) closing.omitted = members.text("omitted");
  if (members.has("line")) closing.line = members.number("line");
  return closing;
}

}  // namespace

/// Behind a pointer, so that the face knows no hash.
struct Digest::State {
  hash::StreamHash hash;
};

Digest::Digest() : state_(std::make_unique<State>()) {}
Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::add(std::string_view bytes) noexcept { state_->hash.add(bytes); }

/// The high half first, each from its highest digit on: as xxhsum prints it.
std::string Digest::hex() const {
  const hash::Hash128 value = state_->hash.value();
  std::string hex;
  for (const std::uint64_t half : {value.high, value.low}) {
    for (unsigned shift = 64; shift > 0; shift -= 4) hex += kHexDigits[half >> (shift - 4) & 0xFU];
  }
  return hex;
}

/// Version and recipe first, whatever the options: a reader of any version finds them there.
std::string to_line(const EditListHeader& header) {
  Line line;
  line.add("dedup", version());
  line.add("recipe", key_recipe());
  line.add("format", header.format);
  if (!header.field.empty()) line.add("field", header.field);
  if (!header.fields.empty()) line.add("fields", header.fields);
  if (!header.options.empty()) line.add("options", header.options);
  if (header.separate) line.add_true("separate");
  return std::move(line).finish();
}

/// Places first and reasons behind them: what is optional comes last, so that lines of one document
/// read alike. The position of the first copy is left out where the run did not keep it.
std::string to_line(const Edit& edit, std::uint64_t document, std::string_view name) {
  Line line;
  line.add("document", document);
  if (!name.empty()) line.add("name", name);
  line.add("block", edit.block);
  line.add("start", edit.start);
  line.add("end", edit.end);
  line.add("text", edit.text);
  line.add("reason", dedup::name(edit.reason));
  if (!edit.rule.empty()) line.add("rule", edit.rule);
  if (edit.score) line.add("score", *edit.score);
  if (edit.first) line.add("first", *edit.first, edit.first_name);
  if (edit.similarity) line.add("similarity", *edit.similarity);
  if (!edit.replacement.empty()) line.add("replacement", edit.replacement);
  return std::move(line).finish();
}

std::string to_line(const EditListClosing& closing) {
  Line line;
  line.add("document", closing.document);
  if (!closing.name.empty()) line.add("name", closing.name);
  if (!closing.file.empty()) line.add("file", closing.file);
  line.add("decoded", closing.decoded);
  line.add("output", closing.output);
  if (closing.passed) line.add_true("passed");
  if (!closing.digest.empty()) line.add("digest", closing.digest);
  if (closing.frame > 0) line.add("frame", closing.frame);
  if (!closing.parting.empty()) line.add("parting", closing.parting);
  if (closing.before > 0) line.add("before", closing.before);
  if (!closing.fields.empty()) line.add("fields", closing.fields);
  if (closing.line) line.add("line", *closing.line);
  if (closing.omitted) line.add("omitted", *closing.omitted);
  return std::move(line).finish();
}

/// All three members are looked for in the one pass that the parser made; none is parsed twice.
EditListLine parse_edit_list_line(std::string_view line) {
  const Members members(line);
  if (members.has("dedup")) return {.header = header_of(members), .edit = {}, .closing = {}};
  if (members.has("start")) return {.header = {}, .edit = edit_of(members), .closing = {}};
  if (members.has("decoded")) return {.header = {}, .edit = {}, .closing = closing_of(members)};
  throw FormatError("neither a header, an edit nor a closing line of an edit list");
}

}  // namespace dedup
