// SPDX-License-Identifier: Apache-2.0
#include "text/kernels_wide.h"

#if defined(__AVX2__)

#include "text/kernel_loops.h"

namespace dedup::text {
namespace {

constexpr Kernels kWidely{set_marks_widely, fold_threes_eightly, fold_ascii_by_blocks};

}  // namespace

const Kernels* wide_kernels() noexcept {
  return __builtin_cpu_supports("avx2") ? &kWidely : nullptr;
}

}  // namespace dedup::text

#else

namespace dedup::text {

const Kernels* wide_kernels() noexcept { return nullptr; }

}  // namespace dedup::text

#endif
