// SPDX-License-Identifier: Apache-2.0
// P13 for pages of HTML: reading one is linear in its size, however its mark-up is broken. Pages of
// each shape are read at two sizes, eight times apart, the larger of which has a million tags or
// so; see judge.h for why it is done so.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "catch.h"
#include "dedup/dedup.h"
#include "linear/judge.h"
#include "markup/page.h"

namespace dedup::test {
namespace {

using namespace std::literals;

constexpr std::size_t kSmall = std::size_t{512} << 10;  // bytes

/// head, opening, opening, …, middle, closing, closing, …, tail
struct Shape {
  std::string_view name;
  std::string_view opening;
  std::string_view middle = "天"sv;
  std::string_view closing = {};
  std::string_view head = {};
  std::string_view tail = {};

  [[nodiscard]] std::string page(std::size_t bytes) const {
    const std::size_t pairs = bytes / (opening.size() + closing.size());
    std::string page(head);
    for (std::size_t i = 0; i < pairs; ++i) page += opening;
    page += middle;
    for (std::size_t i = 0; i < pairs; ++i) page += closing;
    return page.append(tail);
  }
};

constexpr std::array kShapes{
    // What is opened, and closed again or not.
    Shape{"divisions", "<div>"},
    Shape{"divisions that end", "<div>", "天", "</div>"},
    Shape{"inline elements", "<b>"},
    Shape{"inline elements that end", "<b>", "天", "</b>"},
    Shape{"links", "<a href=x>天"},
    Shape{"unknown elements", "<x-y>", "天", "</x-y>"},
    Shape{"hidden elements", "<p hidden>天"},
    Shape{"hidden divisions", "<div hidden>", "天", "</div>"},
    Shape{"hidden inline elements", "<i hidden>", "天", "</i>"},
    Shape{"a hidden page", "<i>天</i>", "", "", "<body hidden>"},
    Shape{"crossed elements", "<b><p></b><i></p>"},
    Shape{"headings", "<h1>天<h2>"},
    Shape{"quotations", "<blockquote>天"},
    Shape{"forms", "<form><button>"},
    Shape{"ends of nothing", "</div></p></td></li></a></h1>"},
    Shape{"ends of nothing in the deep", "</li></td></dd></svg>", "", "",
          "<p><section><ul><table>"},
    // Elements that ask what is open; the depth is as great as it gets.
    Shape{"lists", "<ul><li>天"},
    Shape{"items", "<li>天"},
    Shape{"items in Roman numbers", "<ol type=i start=388><li>a"},
    Shape{"items in letters", "<li>a", "", "", "<ol type=a>"},
    Shape{"items with numbers of their own", "<li>1. 天"},
    Shape{"lists that count down", "<ol reversed><li>天"},
    Shape{"lists that count down and end", "<ol reversed><li>天</ol>"},
    Shape{"styles of lists", "list-style:", "'>天", "", "<ol style='"},
    Shape{"definitions", "<dl><dt>天<dd>"},
    Shape{"terms without a list", "<dt><div>"},
    Shape{"paragraphs around sections", "<p><section>"},
    Shape{"readings", "<ruby>天<rt>"},
    Shape{"readings without their ruby", "<rb>天"},
    Shape{"options", "<select><option>天"},
    Shape{"drawings", "<svg><g>", "天", "</g></svg>"},
    Shape{"drawings that hold text", "<svg><desc>天<p>"},
    Shape{"paragraphs in a drawing", "<svg><g><g><p>天"},
    Shape{"formulas", "<math><mi>天<span>"},
    Shape{"formulas in formulas", "<math><mtext>天"},
    Shape{"annotations", "<annotation encoding=application/x-tex>天</annotation>", "", "",
          "<math>"},
    Shape{"annotations in annotated", "<semantics><mi>天", "",
          "<annotation encoding=application/x-tex> 天</annotation></semantics>", "<math>"},
    // Tables.
    Shape{"tables in tables", "<table><tr><td>天<td>"},
    Shape{"tables in tables that end", "<table><tr><td>天<td>", "天", "</table>"},
    Shape{"tables without rows", "<table><td>天", "天", "</table>"},
    Shape{"rows", "<tr><td>天<td>地", "", "", "<table>"},
    Shape{"rows beyond counting", "<tr><td>天<td>地</tr>", "", "", "<table>", "</table>"},
    Shape{"rows in divisions", "<div><table><tr><td>天<td>地</table>"},
    Shape{"cells of one row", "<td>天", "", "", "<table><tr>", "</table>"},
    Shape{"cells without their row", "<td>天</tr>", "", "", "<table>", "</table>"},
    Shape{"captions", "<table><caption>天"},
    // Lines.
    Shape{"line breaks", "<br>"},
    Shape{"text and line breaks", "天<br>"},
    Shape{"rules", "<hr>天"},
    Shape{"lines of preformatted text", "\n", "", "", "<pre>"},
    Shape{"preformatted texts", "<pre>\n\n"},
    Shape{"blanks", " \n"},
    Shape{"no-break spaces", "<p>&nbsp;"},
    Shape{"single characters of text", "天<b>\n</b>"},
    // Attributes.
    Shape{"attributes", " a=b", ">天", "", "<p"},
    Shape{"attributes without values", " =", ">天", "", "<p"},
    Shape{"classes", " class='a b'", ">天", "", "<p"},
    Shape{"styles", " style=display:non", ">天", "", "<p"},
    Shape{"a long style", "display :none-", "'>天", "", "<p style='"},
    Shape{"slashes", "/", ">天", "", "<br"},
    Shape{"quotation marks", "<p title=\"", ">天"},
    Shape{"both quotation marks", "<p title=\"' x='\"", ">天"},
    Shape{"one long tag", "<p ", ""},
    // What is passed over.
    Shape{"comments", "<!--天-->"},
    Shape{"open comments", "<!--", "天"},
    Shape{"nearly ended comments", "--!>", "天", "", "<!--"},
    Shape{"declarations", "<!天"},
    Shape{"instructions", "<?天"},
    Shape{"sections", "<![CDATA[天"},
    Shape{"titles", "<title>天"},
    Shape{"titles that end", "<title>天</title>"},
    Shape{"titles that nearly end", "<title></titl>"},
    Shape{"scripts", "<script>天</script>"},
    Shape{"open scripts", "<script><style><textarea><xmp>"},
    Shape{"text areas", "<textarea>天</textare>"},
    Shape{"metas", "<meta name=description content=''>"},
    Shape{"addresses", "<link rel=canonical href=天>"},
    Shape{"words for those without scripts", "<noscript>天</noscript>"},
    Shape{"open words for those without scripts", "<noscript><noframes>天<frameset>"},
    Shape{"shadows", "<template shadowrootmode=open>天"},
    Shape{"less-than signs", "<"},
    // References.
    Shape{"ampersands", "&"},
    Shape{"references", "&amp;&#x4E00;&notit;"},
    Shape{"numbers", "0", ";天", "", "&#"},
    Shape{"a long name", "a", ";天", "", "&"},
    Shape{"references in a title", "&amp", "</title>天", "", "<title>"},
};

double work_of_reading(const WorkMeter& meter, const std::string& page) {
  const double start = meter.now();
  const markup::Page read = markup::read_page(page);
  const double end = meter.now();
  return read.text.size() <= 2 * page.size() + 16 ? end - start
                                                  : 1e300;  // markers may add a little
}

double work_of_cleaning(const WorkMeter& meter, const std::string& page) {
  Options options;
  options.min_block = options.min_block_across = ~std::uint32_t{0};  // the reading is what counts
  options.sentences = Sentences::off;
  options.runs = false;
  Cleaner cleaner(options);
  const double start = meter.now();
  const Cleaned cleaned = cleaner.clean({.bytes = page, .content_type = "text/html"});
  return meter.now() - start;
}

template <class Work>
void check_all(std::size_t bytes, Work work) {
  keep_memory();
  Judge judge(bytes);
  for (const Shape& shape : kShapes) {
    INFO(shape.name);
    CHECK(judge.is_linear(
        {std::string(shape.name), [&](std::size_t size) { return shape.page(size); }, work}));
  }
  judge.report();
}

}  // namespace

TEST_CASE("linear in hostile pages", "[alone]") { check_all(kSmall, work_of_reading); }
TEST_CASE("linear in hostile pages through the Cleaner", "[alone]") {
  check_all(kSmall / 8, work_of_cleaning);
}

}  // namespace dedup::test
