// SPDX-License-Identifier: Apache-2.0
// What a page of HTML says of itself beside its text.
#pragma once

#include <string>

namespace dedup {

/// UTF-8, character references decoded, white space made one blank; of each at most 2,000 bytes.
/// Empty where the page says nothing. None of it is checked: pages say what they like.
struct PageFacts {
  std::string title;        ///< of `<title>`, else og:title
  std::string description;  ///< of `<meta name=description>`, else og:description
  std::string date;         ///< when it was published, as written
  std::string author;       ///< who wrote it
  std::string site;         ///< what its site is called
  std::string url;          ///< the canonical address
  std::string language;     ///< as written: zh-CN
};

}  // namespace dedup
