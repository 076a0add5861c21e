// SPDX-License-Identifier: Apache-2.0
// Outputs that become new together. Each is first prepared, which is all that a full disk or a
// missing permission can make fail; then each is published, which is a rename. So a run that fails
// leaves every output as it was, but for a fault in the moment between two renames, of which
// finish() and the error thrown tell the truth.
#pragma once

#include <string>

#include "bytes/fault.h"

namespace dedup::tool {

class Publication {
 public:
  /// A rename was made.
  void made() noexcept { ++made_; }

  [[nodiscard]] bool any() const noexcept { return made_ > 0; }

  /// A rename could not be made. Throws OutputError where it was the first, so that nothing has
  /// changed, else HalfwayError.
  [[noreturn]] void failed(const std::string& label, int error) const {
    const std::string fault = label + ": " + cause(error);
    if (made_ == 0) throw OutputError(fault);
    throw HalfwayError(fault + "; this output is as it was, but others are new already");
  }

  /// A directory's names could not be made durable, though the rename in it stands.
  void unsure(const std::string& label, int error) { unsure(label + ": " + cause(error)); }
  void unsure(const std::string& fault) {
    if (!fault_.empty()) return;
    fault_ = fault + "; the output is written in full, but might not survive a loss of power";
  }

  /// To be called behind the last rename. Throws HalfwayError where one is not known to last.
  void finish() const {
    if (!fault_.empty()) throw HalfwayError(fault_);
  }

 private:
  std::size_t made_ = 0;
  std::string fault_;
};

}  // namespace dedup::tool
