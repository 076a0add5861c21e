// SPDX-License-Identifier: Apache-2.0
// What a run told its listeners, told again out of its list.
#pragma once

#include <string_view>
#include <vector>

#include "dedup/edit_list.h"
#include "listeners/listener.h"
#include "restorers/list.h"

namespace dedup::tool {

/// What the list knows of a document when it ends.
[[nodiscard]] Document document_of(const List& list, const EditListClosing& closing);
/// What it knows when the document begins: of a text that is the first of its file, the same.
[[nodiscard]] Document text_of(const EditListLine& first);

/// Tells one document after the other, as a Listener hears them; or nobody.
class Telling {
 public:
  /// `listener` may be null; must live as long.
  explicit Telling(const List& list, Listener* listener) : list_(list), listener_(listener) {}

  [[nodiscard]] bool any() const noexcept { return listener_ != nullptr; }

  void begin(Document document);
  void kept(std::string_view text);
  /// Refuses an edit for a reason that this version does not know.
  void edit(const StoredEdit& stored);
  void end(const EditListClosing& closing);

  /// All of a document whose decoded text is at hand.
  void document(const EditListClosing& closing, const std::vector<StoredEdit>& edits,
                std::string_view text);
  /// All of one that left the output: what is no edit of it are line feeds that join its values.
  void omitted(const EditListClosing& closing, const std::vector<StoredEdit>& edits);

 private:
  const List& list_;
  Listener* listener_;
  Document document_;
};

}  // namespace dedup::tool
