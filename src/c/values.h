// SPDX-License-Identifier: Apache-2.0
// Values of the library as those of the C face, and the other way round.
#pragma once

#include "dedup/c.h"
#include "dedup/cleaned.h"
#include "dedup/edit.h"
#include "dedup/index.h"
#include "dedup/learn.h"
#include "dedup/options.h"
#include "dedup/stats.h"

namespace dedup::c {

[[nodiscard]] dedup_options default_options() noexcept;
/// Throws InvalidOption for a number that no choice has.
[[nodiscard]] Options options_of(const dedup_options* given);

[[nodiscard]] dedup_index_options default_index_options() noexcept;
[[nodiscard]] IndexOptions index_options_of(const dedup_index_options* given);
[[nodiscard]] dedup_index_file_options default_index_file_options() noexcept;
[[nodiscard]] IndexFileOptions index_file_options_of(const dedup_index_file_options* given);

[[nodiscard]] dedup_learn_options default_learn_options() noexcept;
/// Throws likewise.
[[nodiscard]] LearnOptions learn_options_of(const dedup_learn_options* given);

/// Views of `page` as the caller gave them. Null is an empty page. Throws likewise.
[[nodiscard]] Page page_of(const dedup_page* page);

/// Views of the edit, which must live as long.
[[nodiscard]] dedup_edit edit_of(const Edit& edit) noexcept;
[[nodiscard]] dedup_edit edit_of(const CleanedEdit& edit) noexcept;
[[nodiscard]] dedup_stats stats_of(const Stats& stats) noexcept;

}  // namespace dedup::c
