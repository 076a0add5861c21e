// SPDX-License-Identifier: Apache-2.0
// What became of a document, as values.
#include <nanobind/operators.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <string>

#include "dedup/dedup.h"
#include "python/bindings/bindings.h"
#include "python/bindings/given.h"

namespace nb = nanobind;

namespace dedup::python {
namespace {

/// As the command has them in its messages, and edit lists their reasons.
std::string_view word(Unpacking unpacking) {
  switch (unpacking) {
    case Unpacking::going_on:
      return "going-on";
    case Unpacking::whole:
      return "whole";
    case Unpacking::damaged:
      return "damaged";
    case Unpacking::truncated:
      return "truncated";
    case Unpacking::trailing:
      return "trailing";
    case Unpacking::too_dense:
      return "too-dense";
    case Unpacking::too_large:
      return "too-large";
    case Unpacking::packed_twice:
      return "packed-twice";
  }
  return "";
}

/// By the names that statistics of the command have, so that zeros are there, too.
nb::dict removed(const Stats& stats) {
  nb::dict counts;
  for (std::size_t i = 0; i < kReasonCount; ++i) {
    counts[text_to(name(static_cast<Reason>(i)))] = nb::cast(stats.removed[i]);
  }
  return counts;
}

/// Likewise.
nb::dict repaired(const Stats& stats) {
  nb::dict counts;
  for (std::size_t i = 0; i < kRepairKindCount; ++i) {
    counts[text_to(name(static_cast<RepairKind>(i)))] = stats.repaired[i];
  }
  return counts;
}

// All are values, without a way to change them. Texts become str when they are asked for: who wants
// the text of ten thousand pages alone does not pay for their edits. Names of documents may be no
// UTF-8, and go through name_to().

void bind_count(nb::module_& module) {
  nb::class_<Count>(module, "Count", "How much was taken out or changed for one reason.")
      .def_ro("items", &Count::items, "Edits.")
      .def_ro("bytes", &Count::bytes, "Bytes of the decoded documents that they cover.")
      .def("__repr__", [](const Count& count) {
        return "Count(items=" + std::to_string(count.items) +
               ", bytes=" + std::to_string(count.bytes) + ")";
      });
}

void bind_stats(nb::module_& module) {
  nb::class_<Stats>(module, "Stats", "Sums over documents, which may be added up.")
      .def(nb::init<>())
      .def_ro("documents", &Stats::documents, "That ended, also those of which nothing was left.")
      .def_ro("input_bytes", &Stats::input_bytes, "As given.")
      .def_ro("decoded_bytes", &Stats::decoded_bytes, "In UTF-8, before anything was removed.")
      .def_ro("output_bytes", &Stats::output_bytes, "Of the clean text.")
      .def_ro("blocks", &Stats::blocks, "Lines with a visible character.")
      .def_ro("blocks_kept", &Stats::blocks_kept, "Of these, kept whole or in part.")
      .def_ro("broken_sequences", &Stats::broken_sequences, "Bytes that did not decode.")
      .def_ro("damaged_sentences", &Stats::damaged_sentences,
              "Sentences that are compared with no others, because they are damaged.")
      .def_ro("mojibake_lines", &Stats::mojibake_lines,
              "Lines that were read in a wrong charset before they came here, and stay so.")
      .def_prop_ro("removed", removed, nb::sig("def removed(self) -> dict[str, Count]"),
                   "By reason: \"boilerplate\", \"repeated-block\" and so on.")
      .def_prop_ro("repaired", repaired, nb::sig("def repaired(self) -> dict[str, int]"),
                   "Repairs by kind: \"pinyin\", \"entity\" and so on.")
      .def("__add__", [](const Stats& a, const Stats& b) { return Stats(a) += b; })
      .def(nb::self == nb::self);
}

void bind_position(nb::module_& module) {
  nb::class_<Position>(module, "Position", "A place in what was cleaned; both count from 0.")
      .def_ro("document", &Position::document, "The number that the index gave it.")
      .def_ro("block", &Position::block, "Its line within the document.")
      .def("__repr__",
           [](const Position& place) {
             return "Position(document=" + std::to_string(place.document) +
                    ", block=" + std::to_string(place.block) + ")";
           })
      .def(nb::self == nb::self);
}

/// Python knows it as Edit: there is no other, as no sink is bound.
void bind_cleaned_edit(nb::module_& module) {
  nb::class_<CleanedEdit>(
      module, "Edit",
      "A span of the decoded document that went or was changed, and why. Offsets are bytes of its "
      "UTF-8. Edits never overlap and come in order.")
      .def_ro("block", &CleanedEdit::block, "Number of the line in which the span starts, from 0.")
      .def_ro("start", &CleanedEdit::start, "First byte in the decoded document.")
      .def_ro("end", &CleanedEdit::end, "One past the last.")
      .def_ro("text", &CleanedEdit::text, "What stood there.")
      .def_ro("replacement", &CleanedEdit::replacement, "What stands there now, if anything.")
      .def_prop_ro(
          "reason", [](const CleanedEdit& edit) { return name(edit.reason); },
          "\"boilerplate\", \"duplicate-document\", \"repeated-block\", \"repeated-run\", "
          "\"near-duplicate\", \"repeated-sentences\", \"repair\" or \"blank-lines\".")
      .def_ro("rule", &CleanedEdit::rule, "What fired: class and cue of a rule, kind of a repair.")
      .def_ro("score", &CleanedEdit::score, "How strongly a boilerplate rule spoke.")
      .def_ro("first", &CleanedEdit::first, "The earlier copy, for reasons that have one.")
      .def_prop_ro(
          "first_name", [](const CleanedEdit& edit) { return name_to(edit.first_name); },
          "The name of its document; empty where that is not remembered.")
      .def_ro("similarity", &CleanedEdit::similarity, "To it, of near-duplicates: 1 is the same.")
      .def("__repr__", [](const CleanedEdit& edit) {
        return nb::str("Edit(block={}, start={}, end={}, reason={!r}, rule={!r})")
            .format(edit.block, edit.start, edit.end, name(edit.reason), edit.rule);
      });
}

void bind_earlier_document(nb::module_& module) {
  nb::class_<EarlierDocument>(module, "EarlierDocument", "A document that another repeats.")
      .def_ro("document", &EarlierDocument::document, "Its number in the index.")
      .def_prop_ro(
          "name", [](const EarlierDocument& earlier) { return name_to(earlier.name); },
          "Empty where the index does not remember names.")
      .def_ro("similarity", &EarlierDocument::similarity,
              "1: the same sequence of blocks; else the estimated resemblance.")
      .def("__repr__", [](const EarlierDocument& earlier) {
        return nb::str("EarlierDocument(document={}, name={!r}, similarity={})")
            .format(earlier.document, name_to(earlier.name), earlier.similarity);
      });
}

void bind_damage(nb::module_& module) {
  nb::class_<Damage>(module, "Damage", "Bytes of the input that do not decode.")
      .def_ro("offset", &Damage::offset, "Of the first such sequence, in bytes as given.")
      .def_ro("sequences", &Damage::sequences, "How many there are.")
      .def_ro("unread", &Damage::unread,
              "Of a page of HTML of more than 12 MiB: bytes behind these, not looked at.")
      .def_ro("mojibake_line", &Damage::mojibake_line,
              "Number of the first of Stats.mojibake_lines, if any.");
}

void bind_encoding(nb::module_& module) {
  nb::class_<Encoding>(module, "Encoding", "The charset that a document was read in.")
      .def_ro("name", &Encoding::name, "\"UTF-8\", \"GB18030\", \"Big5\" and so on.")
      .def_prop_ro(
          "source", [](const Encoding& encoding) { return name(encoding.source); },
          "What decided it: \"given\", \"mark\", \"valid\", \"label\", \"markup\", "
          "\"guess\" or \"fallback\".")
      .def_ro("confidence", &Encoding::confidence, "From 0 to 1.");
}

void bind_page_facts(nb::module_& module) {
  nb::class_<PageFacts>(module, "PageFacts",
                        "What a page of HTML says of itself; empty where it says nothing.")
      .def_ro("title", &PageFacts::title)
      .def_ro("description", &PageFacts::description)
      .def_ro("date", &PageFacts::date, "When it was published, as written.")
      .def_ro("author", &PageFacts::author)
      .def_ro("site", &PageFacts::site)
      .def_ro("url", &PageFacts::url, "The canonical address.")
      .def_ro("language", &PageFacts::language, "As written: \"zh-CN\".");
}

void bind_cleaned(nb::module_& module) {
  nb::class_<Cleaned>(module, "Cleaned", "What became of a document.")
      .def_ro("document", &Cleaned::document, "Its number in the index.")
      .def_ro("text", &Cleaned::text, "The clean text. Made anew at each use.")
      .def_ro("edits", &Cleaned::edits, nb::rv_policy::reference_internal,
              "What went and what was changed, in the order of their offsets.")
      .def_ro("duplicate", &Cleaned::duplicate,
              "The earlier document that it repeats as a whole, if any: then the text is empty.")
      .def_ro("stats", &Cleaned::stats, "Of this document alone.")
      .def_ro("damage", &Cleaned::damage)
      .def_ro("encoding", &Cleaned::encoding)
      .def_ro("facts", &Cleaned::facts, "Of a page of HTML.")
      .def_prop_ro(
          "unpacking", [](const Cleaned& cleaned) { return word(cleaned.unpacking); },
          "\"whole\", also where nothing was packed; else what was wrong: \"damaged\", "
          "\"truncated\", \"trailing\", \"too-dense\", \"too-large\" or \"packed-twice\". "
          "What came out before the fault was cleaned.")
      .def("__repr__", [](const Cleaned& cleaned) {
        return nb::str("<Cleaned document {}: {} bytes, {} edits>")
            .format(cleaned.document, cleaned.text.size(), cleaned.edits.size());
      });
}

}  // namespace

void bind_values(nb::module_& module) {
  bind_count(module);
  bind_stats(module);
  bind_position(module);
  bind_cleaned_edit(module);
  bind_earlier_document(module);
  bind_damage(module);
  bind_encoding(module);
  bind_page_facts(module);
  bind_cleaned(module);
}

}  // namespace dedup::python
