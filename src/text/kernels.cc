// SPDX-License-Identifier: Apache-2.0
#include "text/kernels.h"

#include "text/kernel_loops.h"
#include "text/kernels_wide.h"

namespace dedup::text {
namespace {

constexpr Kernels kSingly{set_marks_singly, fold_threes_singly, nullptr};

}  // namespace

const Kernels& kernels(Simd wanted) noexcept {
  const Kernels* const wide = wanted == Simd::none ? nullptr : wide_kernels();
  return wide == nullptr ? kSingly : *wide;
}

}  // namespace dedup::text
