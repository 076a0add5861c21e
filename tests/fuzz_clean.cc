// SPDX-License-Identifier: Apache-2.0
// Fuzz target: the promises of Cleaner on any bytes. The first three bytes choose the options and
// the size of the pieces; the rest is cut at each FF FF into documents.
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/dedup.h"
#include "support.h"

namespace {

using dedup::test::RecordedDocument;
using dedup::test::Recorder;

void require(bool holds, const char* promise) {
  if (!holds) throw std::logic_error(promise);
}

dedup::Options options(std::uint8_t bits, std::uint8_t secret) {
  dedup::Options options;
  options.encoding = "utf-8";  // what others make of bytes is fuzz_charset.cc's business
  if ((bits & 1U) != 0) options.boilerplate = dedup::Boilerplate::off;
  if ((bits & 2U) != 0) options.paragraphs = dedup::Paragraphs::off;
  if ((bits & 4U) != 0) options.runs = false;
  if ((bits & 8U) != 0) options.sentences = dedup::Sentences::off;
  if ((bits & 16U) != 0) options.scope = dedup::Scope::document;
  if ((bits & 32U) != 0) options.repair = false;
  // Low guards, so that short inputs reach the rules.
  if ((bits & 64U) != 0) options.min_block = options.min_block_across = 3;
  if ((bits & 128U) != 0) {
    options.boilerplate = dedup::Boilerplate::page;
    options.documents = dedup::Documents::near;
    options.paragraphs = dedup::Paragraphs::near;
    options.sentences = dedup::Sentences::lone;
    options.scope = dedup::Scope::wide;
  }
  options.secret.emplace().fill(static_cast<std::byte>(secret));
  return options;
}

std::vector<std::string_view> documents(std::string_view bytes) {
  std::vector<std::string_view> result;
  for (std::size_t cut; (cut = bytes.find("\xFF\xFF")) != std::string_view::npos;) {
    result.push_back(bytes.substr(0, cut));
    bytes.remove_prefix(cut + 2);
  }
  result.push_back(bytes);
  return result;
}

std::vector<RecordedDocument> clean(const std::vector<std::string_view>& inputs,
                                    const dedup::Options& options, std::size_t piece) {
  dedup::Cleaner cleaner(options);
  Recorder recorder;
  for (const std::string_view input : inputs) {
    cleaner.begin(recorder);
    for (std::size_t at = 0; at < input.size(); at += piece) cleaner.feed(input.substr(at, piece));
    cleaner.end();
  }
  return recorder.documents;
}

void require_same(const std::vector<RecordedDocument>& some,
                  const std::vector<RecordedDocument>& others, const char* promise) {
  require(some.size() == others.size(), promise);
  for (std::size_t i = 0; i < some.size(); ++i) {
    require(some[i].clean == others[i].clean && some[i].edits == others[i].edits &&
                some[i].stats == others[i].stats,
            promise);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 3, size - 3);
  const auto inputs = documents(bytes);
  const auto wanted = options(data[0], 0);
  const auto whole = clean(inputs, wanted, size);

  require(whole.size() == inputs.size(), "every document is reported");
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    require(whole[i].decoded == dedup::test::decoded(inputs[i]), "P2: the edits rebuild the input");
    require(dedup::test::is_utf8(whole[i].clean), "P4: output is UTF-8");
    require((whole[i].damage.sequences == 0) == dedup::test::is_utf8(inputs[i]),
            "P4: broken bytes are counted");
    for (const auto& edit : whole[i].edits) {
      const auto line = dedup::to_line(dedup::Edit{.start = edit.start,
                                                   .end = edit.end,
                                                   .text = edit.text,
                                                   .replacement = edit.replacement,
                                                   .reason = edit.reason,
                                                   .rule = edit.rule},
                                       i, "n");
      const auto back = dedup::parse_edit_list_line(line).edit;
      require(back && back->start == edit.start && back->end == edit.end &&
                  back->text == edit.text && back->replacement == edit.replacement,
              "P2: an edit survives its line of JSON");
    }
  }

  require_same(whole, clean(inputs, wanted, 1U + data[1]), "P5: reads of any size");
  require_same(whole, clean(inputs, options(data[0], data[2] | 1U), size), "P5: any secret");

  const std::vector<std::string_view> fewer(inputs.begin(), inputs.end() - 1);
  require_same({whole.begin(), whole.end() - 1}, clean(fewer, wanted, size),
               "P6: what follows changes nothing");

  auto repair_only = options(1 | 2 | 4 | 8, 0);
  const std::string once = dedup::clean(inputs.front(), repair_only);
  require(dedup::clean(once, repair_only) == once, "P3: repair is idempotent");
  return 0;
}
