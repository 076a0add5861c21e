// SPDX-License-Identifier: Apache-2.0
// Loads the plug-in named on the command line, as an interpreter does, and has it clean a text.
#include <dlfcn.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <string_view>

int main(int, char** arguments) {
  void* plugin = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
  if (plugin == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  using CleanText = std::size_t (*)(const char*, char*, std::size_t);
  const auto clean_text = reinterpret_cast<CleanText>(dlsym(plugin, "clean_text"));
  const auto catches_faults = reinterpret_cast<int (*)()>(dlsym(plugin, "catches_faults"));
  if (clean_text == nullptr || catches_faults == nullptr) return 2;

  std::array<char, 64> clean{};
  const std::string_view expected = "第一頁\n";
  const std::size_t size = clean_text("第一頁\n責任編輯：林小滿\n", clean.data(), clean.size());
  if (size != expected.size()) return 3;
  if (clean.data() != expected) return 4;
  return catches_faults() == 1 ? 0 : 5;
}
