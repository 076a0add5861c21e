// SPDX-License-Identifier: Apache-2.0
// What the value of a byline looks like. Many labels of bylines name fields, columns and speakers
// as well; there the value tells.
//
//   作者：林小川          own     a surname and a given name
//   作者：清风徐来        loose   short, and could be anything
//   编辑：撤销、剪切      none    commands of a menu
//
// The lists of characters and words here are the common ones, not all: what they miss is loose and
// stays only where a neighbour says so.
#pragma once

#include <cstdint>
#include <string_view>

namespace dedup::boilerplate {

enum class Fit : std::uint8_t { none, loose, own };

/// People, one or several, with what such lines add: 林小川、陈静（实习）, 本报记者 林某, 某某编辑部.
[[nodiscard]] Fit fit_person(std::string_view value);

/// A newspaper, a site, an office: 海边日报 2020-03-05, example.com, 《山间》, 网络.
[[nodiscard]] Fit fit_medium(std::string_view value);

/// A date or a time: 2020-03-05 08:12, 三小时前 by digits only, 昨天.
[[nodiscard]] Fit fit_moment(std::string_view value);

/// A count: 1234次, 10万+.
[[nodiscard]] Fit fit_number(std::string_view value);

}  // namespace dedup::boilerplate
