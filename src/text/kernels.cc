// SPDX-License-Identifier: Apache-2.0
#include "text/kernels.h"

#include "text/kernel_loops.h"
#include "text/kernels_wide.h"

namespace dedup::text {

const Kernels& kernels(Simd wanted) noexcept {
  if (wanted == Simd::none) {
    return kKernels<Byte>;
  }
  const Kernels* const wide = wanted == Simd::narrow ? nullptr : wide_kernels();
  return wide == nullptr ? kKernels<Bytes16> : *wide;
}

}  // namespace dedup::text
