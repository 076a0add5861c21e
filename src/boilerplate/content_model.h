// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "markup/page.h"

namespace dedup::boilerplate {

struct ContentVerdict {
  bool furniture = false;
  float score = 0;
};

class ContentModel {
 public:
  [[nodiscard]] std::vector<ContentVerdict> judge(const markup::Page& page) const;
};

}  // namespace dedup::boilerplate
