// SPDX-License-Identifier: Apache-2.0
// What is asked of a line, and of each reference in it, in ascending order of cost:
//
//   a subject      转义字符, 字符实体, 小于号: words that hardly any other text has
//   a definition   &lt; 表示…, &copy; 对应…: a verb behind the reference
//   an object      写成 &lt;。 输入&nbsp;来…: a verb before it, and nothing that it could belong to
//                  behind
//   a tag          用&lt;br&gt;, &lt;p&gt;标签
//
// All by what stands right beside a reference, so that what happens elsewhere in the line, such as
// the repair of another place, changes no answer.
#include "text/repair/explained.h"

#include <algorithm>
#include <iterator>

#include "text/ascii.h"
#include "text/blanks.h"
#include "text/characters.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

constexpr std::string_view kSubjects[] = {
    "转义",       "轉義",       "字符实体",  "字元實體", "实体字符",   "实体符号",   "实体编码",
    "数字实体",   "HTML实体",   "HTML 实体", "html实体", "字符引用",   "小于号",     "小於符號",
    "小於號",     "大于号",     "大於號",    "大於符號", "不换行空格", "不换行空白", "不间断空格",
    "不斷行空格", "非换行空格", "实体名称",  "实体名",   "实体引用"};

/// Whether some of them begin with such a character: one look at a line for all of them.
constexpr bool begins_subject(char32_t c) {
  switch (c) {
    case U'转':
    case U'轉':
    case U'字':
    case U'实':
    case U'数':
    case U'H':
    case U'h':
    case U'小':
    case U'大':
    case U'不':
    case U'非':
      return true;
    default:
      return false;
  }
}

constexpr std::string_view kDefinitions[] = {
    "表示",   "代表", "对应",   "對應",   "指的是", "会显示",   "會顯示",     "显示为", "显示成",
    "顯示為", "解码", "会变成", "还原成", "还原为", "这个实体", "这样的实体", "实体"};

/// What signs are called, as a table of references has it in the next column.
constexpr std::string_view kNames[] = {
    "双引号", "单引号", "左引号", "右引号",   "左双引号", "右双引号", "引号",
    "空格",   "雙引號", "單引號", "引號",     "小于",     "大于",     "小於",
    "大於",   "与符号", "和号",   "版权符号", "版權符號", "商标符号", "注册商标符号",
    "省略号", "破折号", "间隔号", "乘号",     "除号",     "度数符号", "人民币符号"};

constexpr std::string_view kVerbs[] = {
    "写成",   "写作",   "写为",   "写",   "寫成", "寫作", "记作", "表示为", "编码为",
    "编码成", "替换为", "替换成", "换成", "改成", "改为", "转成", "转为",   "变成",
    "变为",   "输入",   "輸入",   "键入", "使用", "用",   "敲",   "实体",   "代码是",
    "代码为", "加上",   "加",     "插入", "叫",   "是",   "为",   "即"};

/// Of the verbs those that no text can end in before a blank that is only dirt: 请输入&nbsp;
constexpr std::string_view kReplacements[] = {"写成",   "写为",   "寫成", "表示为",
                                              "替换为", "替换成", "换成", "改成"};

constexpr std::string_view kTagWords[] = {"标签", "标记", "元素", "標籤", "標記", "tag", "Tag"};
constexpr std::string_view kTagVerbs[] = {"用", "使用", "加",   "加上", "插入", "写",   "写成",
                                          "寫", "寫成", "写入", "输入", "标签", "标记", "标签是"};

/// Where more text behind an object goes on about it: 写成 &#65; 这样的…
constexpr std::string_view kContinuations[] = {"这", "這", "来",   "來", "的",   "或", "和", "与",
                                               "而", "就", "代替", "即", "表示", "时", "才"};

template <std::size_t kSize>
bool starts_with_any(std::string_view text, const std::string_view (&words)[kSize]) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return text.starts_with(word); });
}

template <std::size_t kSize>
bool ends_with_any(std::string_view text, const std::string_view (&words)[kSize]) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return text.ends_with(word); });
}

bool holds_subject(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t start = at;
    if (begins_subject(utf8::next(line, at)) && starts_with_any(line.substr(start), kSubjects)) {
      return true;
    }
  }
  return false;
}

/// What may enclose a reference that is spoken of.
bool is_wrapping(char32_t c) {
  return c == U' ' || is_shared_quote(c) || c == U'"' || c == U'\'' || c == U'「' || c == U'」' ||
         c == U'（' || c == U'）' || c == U'：' || c == U':' || c == U'|' || c == U'\t' ||
         c == U'→' || c == U'=';
}

/// `before` without what encloses a reference behind it. However many blanks: others may go.
std::string_view unwrapped_end(std::string_view before) {
  for (std::size_t at = before.size(); at > 0 && is_wrapping(utf8::previous(before, at));) {
    before = before.substr(0, at);
  }
  return before;
}

std::string_view unwrapped_start(std::string_view behind) {
  for (std::size_t at = 0; !behind.empty() && is_wrapping(utf8::next(behind, at)); at = 0) {
    behind.remove_prefix(at);
  }
  return behind;
}

/// Whether a reference is set apart from what stands next to it, `c`: by a blank, or by a quotation
/// mark or bracket, as a blank inside of one is tidied away.
bool is_apart(char32_t c) { return is_wrapping(c) && c != U'：' && c != U':'; }

bool is_apart_behind(std::string_view before) {
  std::size_t at = before.size();
  return at > 0 && is_apart(utf8::previous(before, at));
}

bool is_apart_before(std::string_view behind) {
  std::size_t at = 0;
  return !behind.empty() && is_apart(utf8::next(behind, at));
}

/// Signs that are part of prose wherever they stand: quotation marks, dashes, dots. Only a blank
/// before one tells that it is spoken of.
bool is_prose_sign(char32_t c) {
  return (c >= 0x2010 && c <= 0x2027) || c == U'"' || c == U'\'' || c == U'·' || c == 0xAB ||
         c == 0xBB;
}

bool is_space_sign(char32_t c) { return is_white(c) && c != U' '; }

/// Whether nothing in `behind` could be what a sign before it belongs to.
bool stands_alone(std::string_view behind) {
  const std::string_view rest = unwrapped_start(behind);
  std::size_t at = 0;
  const char32_t next = rest.empty() ? 0 : utf8::next(rest, at);
  return next == 0 || is_stop(next) || is_closing(next) || next == U',' || next == U'.' ||
         starts_with_any(rest, kContinuations);
}

bool is_defined(std::string_view line, const Reference& reference) {
  const std::string_view behind = line.substr(reference.end);
  // Blanks, quotation marks and dots may stand before any word.
  const bool common = is_space_sign(reference.c) || is_prose_sign(reference.c);
  const std::string_view rest = unwrapped_start(behind);
  if (is_apart_before(behind) && starts_with_any(rest, kNames)) {
    return true;
  }
  const std::string_view name =
      rest.starts_with("是") ? rest.substr(std::string_view("是").size()) : std::string_view();
  return (!common || is_apart_before(behind)) &&
         (starts_with_any(rest, kDefinitions) || starts_with_any(name, kNames));
}

bool is_spelt_out(std::string_view line, const Reference& reference) {
  const std::string_view before = line.substr(0, reference.start);
  if (is_prose_sign(reference.c) && !is_apart_behind(before)) {
    return false;
  }
  const std::string_view behind = line.substr(reference.end);
  const std::string_view verb = unwrapped_end(before);
  const bool apart = is_apart_behind(before) || !is_space_sign(reference.c);
  return !behind.starts_with('&') && stands_alone(behind) &&
         (apart ? ends_with_any(verb, kVerbs) : ends_with_any(verb, kReplacements));
}

/// Whether `reference` opens an escaped tag, &lt;br&gt; or &lt;/p&gt;, that is spoken of.
bool is_tag_spoken_of(std::string_view line, const Reference& reference) {
  if (reference.c != U'<') {
    return false;
  }
  std::size_t at = reference.end;
  while (at < line.size() && (is_letter(line[at]) || is_digit(line[at]) || line[at] == '/' ||
                              line[at] == '!' || line[at] == ' ')) {
    ++at;
  }
  const bool name = at > reference.end && at < line.size() && line[at] == '&';
  const auto closing = name ? reference_at(line, at) : std::nullopt;
  return closing && closing->c == U'>' &&
         (starts_with_any(unwrapped_start(line.substr(closing->end)), kTagWords) ||
          ends_with_any(unwrapped_end(line.substr(0, reference.start)), kTagVerbs));
}

/// Of &amp;nbsp; the end of the whole.
std::size_t end_of_doubled(std::string_view line, const Reference& reference) {
  std::size_t end = reference.end;
  while (reference.c == U'&' && end < line.size() &&
         (is_letter(line[end]) || is_digit(line[end]) || line[end] == '#')) {
    ++end;
  }
  return end > reference.end && end < line.size() && line[end] == ';' ? end + 1 : reference.end;
}

}  // namespace

bool explains_references(std::string_view line, const References& found) {
  const auto is_explained = [&](Reference reference) {
    reference.end = end_of_doubled(line, reference);
    return is_defined(line, reference) || is_spelt_out(line, reference) ||
           is_tag_spoken_of(line, reference);
  };
  return !found.empty() &&
         (holds_subject(line) || std::any_of(found.begin(), found.end(), is_explained));
}

}  // namespace dedup::text
