// SPDX-License-Identifier: Apache-2.0
// The list of --removed.
#pragma once

#include <optional>

#include "bytes/target.h"
#include "dedup/edit_list.h"
#include "listeners/listener.h"

namespace dedup::tool {

/// Writes each edit, and a closing line for each document, to `target`, which must live as long.
class EditList : public Listener {
 public:
  /// Without a header it goes on with a list that others began.
  EditList(Target& target, const std::optional<EditListHeader>& header) : target_(target) {
    if (header) target_.write(to_line(*header));
  }

  [[nodiscard]] bool wants_digests() const override { return true; }
  void edit(const Document& document, const Edit& edit) override;
  void end(const Document& document, const Outcome& outcome) override;

 private:
  void add_omitted(std::string& line, const Outcome& outcome);

  Target& target_;
};

}  // namespace dedup::tool
