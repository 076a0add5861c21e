// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace dedup::tool {

/// What the documents of a text file are, or what the fields of records hold.
enum class Markup {
  automatic,  ///< HTML where the file's name or the first bytes say so, see recognise.h
  text,
  html,
};

}  // namespace dedup::tool
