// SPDX-License-Identifier: Apache-2.0
#include "cleaner/key_options.h"

#include <charconv>
#include <string_view>

#include "walls/hash.h"

namespace dedup::cleaner {
namespace {

std::string_view name_of(Boilerplate value) noexcept {
  switch (value) {
    case Boilerplate::automatic:
      return "auto";
    case Boilerplate::off:
      return "off";
    case Boilerplate::rules:
      return "rules";
    case Boilerplate::page:
      break;
  }
  return "page";
}

std::string_view name_of(Documents value) noexcept {
  return value == Documents::off ? "off" : value == Documents::exact ? "exact" : "near";
}

std::string_view name_of(Sentences value) noexcept {
  return value == Sentences::off ? "off" : value == Sentences::exact ? "exact" : "lone";
}

std::string_view name_of(Scope value) noexcept {
  return value == Scope::document ? "document" : value == Scope::corpus ? "corpus" : "wide";
}

std::string_view name_of(bool on) noexcept { return on ? "on" : "off"; }

/// Of what the user brought: rules, a model, classes. An index is no place for those themselves.
std::string digest_of_rules(const Options& options) {
  hash::StreamHash hash;
  const auto add = [&hash](std::string_view text) {
    hash.add(std::to_string(text.size()) + ':');
    hash.add(text);
  };
  add(options.boilerplate_rules);
  for (const RuleFile& file : options.boilerplate_rule_files) add(file.text);
  add(options.boilerplate_model.value_or(std::string()));
  for (const std::string& name : options.boilerplate_without) add(name);
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, hash.value().low, 16);
  return std::string(digits, end.ptr);
}

bool has_rules(const Options& options) noexcept {
  return !options.boilerplate_rules.empty() || !options.boilerplate_rule_files.empty() ||
         options.boilerplate_model || !options.boilerplate_without.empty();
}

}  // namespace

std::string key_options(const Options& options) {
  std::string words;
  const auto add = [&words](std::string_view name, std::string_view value) {
    if (!words.empty()) words += ' ';
    words.append(name).append("=").append(value);
  };
  add("boilerplate", name_of(options.boilerplate));
  add("rules", has_rules(options) ? digest_of_rules(options) : "built-in");
  add("documents", name_of(options.documents));
  add("paragraphs", name_of(options.paragraphs != Paragraphs::off));
  add("runs", name_of(options.runs));
  add("sentences", name_of(options.sentences));
  add("scope", name_of(options.scope));
  add("repair", name_of(options.repair));
  add("min-block", std::to_string(options.min_block));
  add("min-block-across", std::to_string(options.min_block_across));
  return words;
}

}  // namespace dedup::cleaner
