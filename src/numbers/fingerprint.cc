// SPDX-License-Identifier: Apache-2.0
#include "numbers/fingerprint.h"

#include <array>
#include <cstddef>
#include <span>

namespace dedup::numbers {

Fingerprint Fingerprinter::of(std::u16string_view key) const noexcept {
  return hasher_(std::as_bytes(std::span(key.data(), key.size())));
}

Fingerprint Fingerprinter::of_run(const Fingerprint& first, const Fingerprint& second,
                                  const Fingerprint& third) const noexcept {
  const std::array<Fingerprint, 3> run = {first, second, third};
  return hasher_(std::as_bytes(std::span(run)));
}

}  // namespace dedup::numbers
