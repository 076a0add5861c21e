// SPDX-License-Identifier: Apache-2.0
// What Fields are to a scan: paths, among them those to what names a record.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "dedup/fields.h"
#include "walls/json_path.h"

namespace dedup {

struct Fields::State {
  std::vector<std::string> names;
  std::vector<json::Path> paths;  // the fields', then those to "id" and "url"
  bool member = false;            // see is_member()
  bool several = false;           // see are_several()

  [[nodiscard]] json::Walk::Set fields() const { return (json::Walk::Set{1} << names.size()) - 1; }
  [[nodiscard]] json::Walk::Set id() const { return json::Walk::Set{1} << names.size(); }
  [[nodiscard]] json::Walk::Set url() const { return id() << 1; }
};

}  // namespace dedup
