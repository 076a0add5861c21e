// SPDX-License-Identifier: Apache-2.0
// The kernels for AVX2: in a file of their own, since it alone is compiled for such processors.
#pragma once

#include "text/kernels.h"

namespace dedup::text {

/// Null where the processor, or the one compiled for, is none such.
[[nodiscard]] const Kernels* wide_kernels() noexcept;

}  // namespace dedup::text
