// SPDX-License-Identifier: Apache-2.0
// What a cleaner made, looked at. Nothing here can fail but for a number that no edit has.
#include "c/cleaned.h"

#include <memory>

#include "c/sized.h"
#include "c/values.h"
#include "dedup/c.h"

using namespace dedup;

dedup_bytes dedup_cleaned_text(const dedup_cleaned* cleaned) {
  return c::bytes(cleaned->cleaned.text);
}

uint64_t dedup_cleaned_document(const dedup_cleaned* cleaned) { return cleaned->cleaned.document; }

int32_t dedup_cleaned_duplicate(const dedup_cleaned* cleaned, dedup_earlier* earlier) {
  const auto& duplicate = cleaned->cleaned.duplicate;
  if (duplicate && earlier != nullptr) {
    static_cast<void>(c::give(*earlier, {.size = sizeof *earlier,
                                         .document = duplicate->document,
                                         .name = c::bytes(duplicate->name),
                                         .similarity = duplicate->similarity}));
  }
  return duplicate ? 1 : 0;
}

size_t dedup_cleaned_edits(const dedup_cleaned* cleaned) { return cleaned->cleaned.edits.size(); }

dedup_code dedup_cleaned_edit(const dedup_cleaned* cleaned, size_t number, dedup_edit* edit) {
  if (number >= cleaned->cleaned.edits.size()) {
    return DEDUP_INVALID_OPTION;
  }
  return c::give(*edit, c::edit_of(cleaned->cleaned.edits[number]));
}

dedup_code dedup_cleaned_stats(const dedup_cleaned* cleaned, dedup_stats* stats) {
  return c::give(*stats, c::stats_of(cleaned->cleaned.stats));
}

dedup_bytes dedup_cleaned_encoding(const dedup_cleaned* cleaned) {
  return c::bytes(cleaned->cleaned.encoding.name);
}

int32_t dedup_cleaned_whole(const dedup_cleaned* cleaned) {
  return cleaned->cleaned.unpacking == Unpacking::whole ? 1 : 0;
}

dedup_bytes dedup_cleaned_fact(const dedup_cleaned* cleaned, int32_t fact) {
  const PageFacts& facts = cleaned->cleaned.facts;
  switch (fact) {
    case DEDUP_FACT_TITLE:
      return c::bytes(facts.title);
    case DEDUP_FACT_DESCRIPTION:
      return c::bytes(facts.description);
    case DEDUP_FACT_DATE:
      return c::bytes(facts.date);
    case DEDUP_FACT_AUTHOR:
      return c::bytes(facts.author);
    case DEDUP_FACT_SITE:
      return c::bytes(facts.site);
    case DEDUP_FACT_URL:
      return c::bytes(facts.url);
    case DEDUP_FACT_LANGUAGE:
      return c::bytes(facts.language);
    default:
      return {nullptr, 0};
  }
}

void dedup_cleaned_free(dedup_cleaned* cleaned) { std::unique_ptr<dedup_cleaned>{cleaned}; }
