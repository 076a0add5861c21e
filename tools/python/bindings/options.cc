// SPDX-License-Identifier: Apache-2.0
#include "python/bindings/options.h"

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <typeinfo>
#include <utility>

#include "dedup/error.h"
#include "python/bindings/given.h"

namespace nb = nanobind;

namespace dedup::python {
namespace {

/// A word of the command line and what it stands for.
template <typename Value>
struct Word {
  const char* word;
  Value value;
};

/// The words of each option that takes one, by the type of its values.
template <typename Value>
constexpr std::array<Word<Value>, 0> kWords{};
template <>
constexpr auto kWords<Boilerplate> = std::to_array<Word<Boilerplate>>({
    {"auto", Boilerplate::automatic},
    {"off", Boilerplate::off},
    {"rules", Boilerplate::rules},
    {"page", Boilerplate::page},
});
template <>
constexpr auto kWords<Documents> = std::to_array<Word<Documents>>({{"off", Documents::off},
                                                                   {"exact", Documents::exact},
                                                                   {"near", Documents::near}});
template <>
constexpr auto kWords<Paragraphs> = std::to_array<Word<Paragraphs>>({{"off", Paragraphs::off},
                                                                     {"exact", Paragraphs::exact},
                                                                     {"near", Paragraphs::near}});
template <>
constexpr auto kWords<Sentences> = std::to_array<Word<Sentences>>({{"off", Sentences::off},
                                                                   {"exact", Sentences::exact},
                                                                   {"lone", Sentences::lone}});
template <>
constexpr auto kWords<Scope> = std::to_array<Word<Scope>>({{"document", Scope::document},
                                                           {"corpus", Scope::corpus},
                                                           {"wide", Scope::wide}});
template <>
constexpr auto kWords<Script> = std::to_array<Word<Script>>({{"keep", Script::keep},
                                                             {"simplified", Script::simplified},
                                                             {"traditional", Script::traditional}});
template <>
constexpr auto kWords<Normalise> = std::to_array<Word<Normalise>>({{"off", Normalise::off},
                                                                   {"nfc", Normalise::nfc}});

/// Throws InvalidOption with all words that there are for one that there is not.
template <typename Value>
Value word(const char* option, nb::handle given) {
  const std::string text = nb::cast<std::string>(given);
  std::string known;
  for (const Word<Value>& word : kWords<Value>) {
    if (text == word.word) return word.value;
    known += std::string(known.empty() ? "" : ", ") + word.word;
  }
  throw InvalidOption(std::string(option) + " must be one of " + known + ", and is " + text);
}

/// An option that takes a word, and one that takes what nanobind knows how to convert.
template <auto Options::*member>
void set_word(Options& options, const char* name, nb::handle given) {
  using Value = std::remove_reference_t<decltype(options.*member)>;
  options.*member = word<Value>(name, given);
}
template <auto Options::*member>
void set_value(Options& options, const char* /*name*/, nb::handle given) {
  using Value = std::remove_reference_t<decltype(options.*member)>;
  options.*member = nb::cast<Value>(given);
}

/// Those that came in the package; empty where none did.
std::string own_dictionaries() {
  const nb::object path = nb::module_::import_("os").attr("path");
  const nb::object package = nb::module_::import_("dedup._dedup").attr("__file__");
  const nb::object directory = path.attr("join")(path.attr("dirname")(package), "opencc");
  return nb::cast<bool>(path.attr("isdir")(directory)) ? name_from(directory) : std::string();
}

/// Its name, and how a value of Python is put into its member.
struct Option {
  const char* name;
  void (*set)(Options&, const char* name, nb::handle given);
};

/// In the order of dedup.Options, which explains them; a test compares the two.
constexpr auto kOptions = std::to_array<Option>({
    {"boilerplate", set_word<&Options::boilerplate>},
    {"boilerplate_rules", set_value<&Options::boilerplate_rules>},
    {"boilerplate_model",
     [](Options& options, const char*, nb::handle given) {
       options.boilerplate_model = std::string(Given(given).view());
     }},
    {"boilerplate_without", set_value<&Options::boilerplate_without>},
    {"documents", set_word<&Options::documents>},
    {"paragraphs", set_word<&Options::paragraphs>},
    {"runs", set_value<&Options::runs>},
    {"sentences", set_word<&Options::sentences>},
    {"scope", set_word<&Options::scope>},
    {"min_block", set_value<&Options::min_block>},
    {"min_block_across", set_value<&Options::min_block_across>},
    {"near_threshold", set_value<&Options::near_threshold>},
    {"encoding", set_value<&Options::encoding>},
    {"repair", set_value<&Options::repair>},
    {"script", set_word<&Options::script>},
    {"script_dictionaries",
     [](Options& options, const char*, nb::handle given) {
       options.script_dictionaries = name_from(nb::module_::import_("os").attr("fspath")(given));
     }},
    {"normalise", set_word<&Options::normalise>},
    {"first_positions", set_value<&Options::first_positions>},
    {"first_names", set_value<&Options::first_names>},
    {"memory", set_value<&Options::memory>},
    {"scratch", [](Options& options, const char*,
                   nb::handle given) { options.scratch = scratch_from(given); }},
    {"threads", set_value<&Options::threads>},
    {"secret",
     [](Options& options, const char*, nb::handle given) { options.secret = secret_from(given); }},
});

}  // namespace

Options options_from(const nb::kwargs& given) {
  Options options;
  for (const auto& [key, value] : given) {
    const std::string name = nb::cast<std::string>(key);
    const auto* const option = std::ranges::find_if(
        kOptions, [&](const Option& candidate) { return name == candidate.name; });
    if (option == kOptions.end()) {
      throw nb::type_error(("there is no option '" + name + "'").c_str());
    }
    if (value.is_none()) continue;  // the default
    try {
      option->set(options, option->name, value);
    } catch (const nb::builtin_exception& fault) {
      throw nb::type_error(("the value of '" + name + "': " + fault.what()).c_str());
    } catch (const std::bad_cast&) {
      throw nb::type_error(
          ("the value of '" + name + "' has a type, or a size, that it cannot have").c_str());
    }
  }
  if (options.script != Script::keep && options.script_dictionaries.empty()) {
    options.script_dictionaries = own_dictionaries();
  }
  if (options.memory != 0 && options.scratch == nullptr) options.scratch = scratch_from(nb::none());
  return options;
}

std::vector<std::string_view> option_names() {
  std::vector<std::string_view> names;
  for (const Option& option : kOptions) names.emplace_back(option.name);
  return names;
}

std::shared_ptr<Scratch> scratch_from(nb::handle directory) {
  const nb::object path = directory.is_none()
                              ? nb::module_::import_("tempfile").attr("gettempdir")()
                              : nb::module_::import_("os").attr("fspath")(directory);
  return file_scratch(name_from(path));
}

Secret secret_from(nb::handle bytes) {
  const Given given(bytes);
  Secret secret;
  if (given.is_text() || given.view().size() != secret.size()) {
    throw InvalidOption("a secret is " + std::to_string(secret.size()) + " bytes");
  }
  std::memcpy(secret.data(), given.view().data(), secret.size());
  return secret;
}

}  // namespace dedup::python
