// SPDX-License-Identifier: Apache-2.0
// Rewriting: a new index file made of what others hold, without some documents perhaps. What
// compact, forget and merge are.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "stored/index_file.h"

namespace dedup::memory {

/// One thread. Throws IndexError.
class Rewriting {
 public:
  /// Whether what was first seen in a document is left out.
  using Drop = std::function<bool(std::uint64_t document)>;

  /// `out` is new and must outlive it.
  explicit Rewriting(stored::IndexFile& out) : out_(out) {}

  /// Takes all of a file, as if its documents had been shown behind those taken before. Of a key
  /// that is there already the earlier place stays.
  void take(stored::IndexFile& from, const Drop& drop);

  /// How many documents were taken.
  [[nodiscard]] std::uint64_t documents() const noexcept { return documents_; }

  void commit() {
    out_.prepare(documents_);
    out_.commit();
  }

 private:
  void take_names(stored::IndexFile& from, const Drop& drop);
  void take_sketches(stored::IndexFile& from, const Drop& drop);
  void take_keys(stored::IndexFile& from, std::size_t set, const Drop& drop);
  void take_bands(stored::IndexFile& from);

  stored::IndexFile& out_;
  std::uint64_t documents_ = 0;
  std::vector<std::uint64_t> places_;  // of the sketches of `from`, in the new file; ~0: dropped
};

/// A new file where there must be none. `like` says what it begins with.
[[nodiscard]] std::unique_ptr<stored::IndexFile> new_index_file(const std::string& path,
                                                                const stored::Manifest& like);

/// Makes another file beside it out of the one at `path`, which nobody else may have open, and puts
/// it in its place. `rewrite` gets the one that is, and takes what is wanted.
void replace_index_file(
    const std::string& path,
    const std::function<void(stored::IndexFile& from, Rewriting& rewriting)>& rewrite);

}  // namespace dedup::memory
