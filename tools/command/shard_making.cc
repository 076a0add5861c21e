// SPDX-License-Identifier: Apache-2.0
#include "command/shard_making.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/unpacking.h"
#include "dedup/cleaner.h"
#include "dedup/edit_list.h"
#include "dedup/shard.h"
#include "dedup/version.h"

namespace dedup::tool {
namespace {

std::string hex(const std::array<std::byte, 16>& key) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::byte byte : key) {
    text.push_back(kDigits[std::to_integer<std::size_t>(byte >> 4)]);
    text.push_back(kDigits[std::to_integer<std::size_t>(byte & std::byte{0xF})]);
  }
  return text;
}

/// The key of a text that is always the same, which says nothing of the secret.
std::string check_of(const Secret& secret) {
  KeyRecorder recorder({.secret = secret, .first_document = 0});
  Options options;
  options.threads = 1;
  options.boilerplate = Boilerplate::off;
  Cleaner cleaner(options, recorder.index());
  std::string text;
  for (int i = 0; i < 20; ++i)
    text += "\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D\u5341";
  class Nobody : public Sink {
    void kept(std::string_view) override {}
    void edit(const Edit&) override {}
  } nobody;
  cleaner.clean(text, nobody);
  return hex(recorder.take().at(0).key);
}

constexpr std::string_view kIndexSetting = "index=";

/// Which index the keys were made with, wherever it lies: how many documents it has, and a digest
/// of all that would change if anything was added to it or taken away.
std::string setting_of(const IndexFacts& facts) {
  Digest digest;
  for (const std::uint64_t number :
       {facts.commits, facts.sequences, facts.blocks, facts.runs, facts.sketches}) {
    digest.add(std::to_string(number) + ' ');
  }
  return std::string(kIndexSetting) + std::to_string(facts.documents) + ':' + digest.hex();
}

}  // namespace

void must_not_replace(const std::optional<std::string>& output,
                      const std::vector<std::string>& read) {
  if (output.value_or("-") == "-") return;
  for (const std::string& path : read) {
    if (path.empty() || !same_place(*output, path)) continue;
    throw UsageError("--output names " + shown(path) + ", which is read");
  }
}

Secret secret_in(const std::string& path) {
  std::string bytes;
  try {
    bytes = read_all(path);
  } catch (const InputError& error) {
    throw UsageError(std::string("--secret: ") + error.what());
  }
  Secret secret;
  if (bytes.size() != secret.size()) {
    throw UsageError("--secret: " + shown(path) + " has " + std::to_string(bytes.size()) +
                     " bytes, not 32: head -c 32 /dev/urandom makes one");
  }
  std::ranges::transform(bytes, secret.begin(), [](char c) { return static_cast<std::byte>(c); });
  return secret;
}

std::optional<IndexFacts> facts_of(const std::optional<std::string>& index) {
  return index ? std::optional(index_facts(*index)) : std::nullopt;
}

Making making_of(const ShardPart& job, const Secret& secret, const Options& options,
                 const std::optional<IndexFacts>& index) {
  Making making{.version = std::string(version()),
                .recipe = std::string(key_recipe()),
                .check = check_of(secret),
                .settings = job.settings};
  Digest digest;
  for (const auto& file : options.boilerplate_rule_files) digest.add(file.text);
  digest.add(options.boilerplate_model.value_or(""));
  if (!options.boilerplate_rule_files.empty() || options.boilerplate_model) {
    making.settings.push_back("files=" + digest.hex());
  }
  if (index) making.settings.push_back(setting_of(*index));
  return making;
}

Making made_here(Making making, const Secret& secret, const std::optional<IndexFacts>& index) {
  making.version = version();
  making.recipe = key_recipe();
  making.check = check_of(secret);
  std::erase_if(making.settings,
                [](const std::string& setting) { return setting.starts_with(kIndexSetting); });
  if (index) making.settings.push_back(setting_of(*index));
  return making;
}

}  // namespace dedup::tool
