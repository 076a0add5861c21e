// SPDX-License-Identifier: Apache-2.0
#include "walls/opencc.h"

#ifdef DEDUP_OPENCC_DATA
#include <opencc/Exception.hpp>
#include <opencc/Lexicon.hpp>
#include <opencc/MarisaDict.hpp>
#endif

#include <algorithm>

#include "dedup/error.h"

namespace dedup::opencc {

#ifdef DEDUP_OPENCC_DATA

bool is_built_in() noexcept { return true; }

/// By its path: OpenCC itself would look in the working directory first.
std::vector<Entry> dictionary(std::string_view name, const std::string& directory) {
  std::string path = directory.empty() ? std::string(DEDUP_OPENCC_DATA) : directory;
  path.append("/").append(name).append(".ocd2");
  std::vector<Entry> entries;
  try {
    const auto dictionary = ::opencc::SerializableDict::NewFromFile<::opencc::MarisaDict>(path);
    const ::opencc::LexiconPtr lexicon = dictionary->GetLexicon();
    entries.reserve(lexicon->Length());
    for (const auto& entry : *lexicon) {
      std::string key = entry->Key();
      const std::vector<std::string> values = entry->Values();
      const bool may_stay = std::ranges::find(values, key) != values.end();
      std::string value = values.empty() ? key : values.front();
      entries.push_back({std::move(key), std::move(value), may_stay});
    }
  } catch (const ::opencc::Exception& error) {
    throw Error("OpenCC: " + std::string(error.what()) + " (Debian: libopencc1.1)");
  }
  return entries;
}

#else

bool is_built_in() noexcept { return false; }

std::vector<Entry> dictionary(std::string_view, const std::string&) {
  throw Error("this build is without OpenCC; install libopencc-dev and build anew");
}

#endif

}  // namespace dedup::opencc
