// SPDX-License-Identifier: Apache-2.0
#include "command/job_line.h"

#include <string>

#include "catch.h"

using dedup::tool::FileState;
using dedup::tool::JobHead;
using dedup::tool::JobLine;
using dedup::tool::parse_job_head;
using dedup::tool::parse_job_line;
using dedup::tool::to_line;

namespace {

FileState state(std::uint64_t size, std::int64_t modified) { return {0, 0, size, modified}; }

/// Without its line feed.
template <typename Line>
std::string text_of(const Line& line) {
  std::string text = to_line(line);
  REQUIRE(text.back() == '\n');
  text.pop_back();
  return text;
}

}  // namespace

TEST_CASE("A file is a line of JSON") {
  const JobLine line{.number = 7,
                     .file = "a\".txt",
                     .input = state(512, 1767225600000000001),
                     .output = std::nullopt,
                     .status = 2,
                     .seconds = 0.0019,
                     .fault = "not replaced"};
  CHECK(to_line(line) ==
        "{\"number\":7,\"file\":\"a\\\".txt\",\"input\":{\"bytes\":512,\"mtime\":"
        "\"1767225600.000000001\"},\"output\":null,\"status\":2,\"seconds\":0.002,"
        "\"fault\":\"not replaced\"}\n");
}

TEST_CASE("What was written of a file is read back") {
  const std::int64_t moments[] = {0, 1, 999'999'999, 1'767'225'600'000'000'000, -1, -1'500'000'000};
  for (const std::int64_t moment : moments) {
    const JobLine line{.number = 3,
                       .file = "\t\\甲\x01",
                       .input = state(1, moment),
                       .output = state(0, moment),
                       .status = 1,
                       .seconds = 12.5,
                       .fault = "\"\n"};
    const auto found = parse_job_line(text_of(line));
    REQUIRE(found);
    CHECK(found->number == 3);
    CHECK(found->file == line.file);
    CHECK(found->input == line.input);
    CHECK(found->output == line.output);
    CHECK(found->status == 1);
    CHECK(found->seconds == 12.5);
    CHECK(found->fault == line.fault);
  }
}

TEST_CASE("What was written of a job is read back") {
  for (const std::vector<std::string>& options :
       {std::vector<std::string>{}, {"--near"}, {"--near", "--in-place=\".bak"}}) {
    const JobHead head{.version = "1",
                       .recipe = "r",
                       .typed = "-i.bak '\\n'",
                       .files = 12,
                       .operands = "0f",
                       .options = options};
    CHECK(parse_job_head(text_of(head)) == head);
  }
}

TEST_CASE("No part of a line is taken for a line") {
  const std::string line = text_of(JobLine{.number = 0,
                                           .file = "a",
                                           .input = state(1, 2),
                                           .output = state(1, 2),
                                           .status = 0,
                                           .seconds = 0,
                                           .fault = "\\"});
  const std::string head = text_of(JobHead{"1", "r", "", 1, "0f", {"--near"}});
  for (std::size_t cut = 0; cut < line.size(); ++cut) {
    CHECK_FALSE(parse_job_line(line.substr(0, cut)));
  }
  for (std::size_t cut = 0; cut < head.size(); ++cut) {
    CHECK_FALSE(parse_job_head(head.substr(0, cut)));
  }
  CHECK_FALSE(parse_job_line(line + " "));
  CHECK_FALSE(parse_job_line(head));
  CHECK_FALSE(parse_job_head(line));
}
