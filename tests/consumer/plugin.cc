// SPDX-License-Identifier: Apache-2.0
// What a binding of another language looks like: a shared library with the Cleaner inside, behind a
// function of C. An exception of the library's is caught on this side.
#include <dedup/dedup.h>

#include <cstddef>
#include <cstring>
#include <string>

// The length of the clean text, of which as much as there is room for is stored; 0 for a fault.
extern "C" std::size_t clean_text(const char* text, char* clean, std::size_t room) {
  try {
    const std::string result = dedup::clean(text);
    if (result.size() < room) std::memcpy(clean, result.c_str(), result.size() + 1);
    return result.size();
  } catch (const dedup::Error&) {
    return 0;
  }
}

// Whether a fault thrown inside of the library is known by its type out here.
extern "C" int catches_faults() {
  try {
    dedup::Options options;
    options.near_threshold = 7;
    dedup::Cleaner cleaner{options};
  } catch (const dedup::InvalidOption&) {
    return 1;
  } catch (...) {
    return 0;
  }
  return 0;
}
