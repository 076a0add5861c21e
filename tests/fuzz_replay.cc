// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target over seeds, where there is no libFuzzer: PROGRAM [-OPTION]... FOLDER...
// Options are libFuzzer's and mean nothing here, so that one command line serves both.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "support.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void replay(const std::filesystem::path& seed) {
  const std::string bytes = dedup::test::read_file(seed);
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::string at = "the command line";
  try {
    std::size_t seeds = 0;
    for (const std::string& folder : std::vector<std::string>(argv + 1, argv + argc)) {
      if (folder.starts_with('-')) continue;
      for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        at = entry.path().string();
        replay(entry.path());
        ++seeds;
      }
    }
    std::printf("%zu seeds\n", seeds);
    return seeds == 0 ? 1 : 0;  // a replay of nothing is no test
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "%s: %s\n", at.c_str(), fault.what());
    return 1;
  }
}
