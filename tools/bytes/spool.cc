// SPDX-License-Identifier: Apache-2.0
#include "bytes/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/temporary.h"

namespace dedup::tool {

Inputs::Inputs(bool keep, const std::string& directory)
    : keep_(keep), directory_(temporary_directory(directory)) {}

void Inputs::expect(std::span<const std::string> paths, Crew& crew) {
  expected_.clear();
  for (const std::string& path : paths) expected_.push_back({path, std::nullopt});
  crew.each(expected_.size(),
            [this](std::size_t i) { expected_[i].held = read_ahead(expected_[i].path); });
  advise_next();
}

void Inputs::advise_next() {
  if (!expected_.empty() && !expected_.front().held) advise_ahead(expected_.front().path);
}

bool Inputs::holds(const std::string& path) const {
  const auto at = std::ranges::find(expected_, path, &Expected::path);
  return at != expected_.end() && at->held;
}

Source Inputs::open(const std::string& operand, const std::string& path) {
  if (!keep_) return fresh(operand, path);
  const auto id = input_id(path);
  // Standard input may be a regular file, but one that starts where another program left it.
  if (operand != "-" && (!id || id->regular)) return fresh(operand, path);
  auto at = spools_.find(operand);
  if (at == spools_.end()) at = spools_.emplace(operand, spool(fresh(operand, path))).first;
  Descriptor copy(::fcntl(at->second.number(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  if (copy.number() < 0 || ::lseek(copy.number(), 0, SEEK_SET) != 0) {
    throw InputError(shown(operand) + ": " + cause());
  }
  return Source(operand, std::move(copy));
}

Source Inputs::fresh(const std::string& operand, const std::string& path) {
  const auto at = std::ranges::find(expected_, path, &Expected::path);
  if (at != expected_.end()) {
    Expected ahead = std::move(*at);
    expected_.erase(expected_.begin(), at + 1);
    advise_next();
    if (ahead.held) return Source(operand, *std::move(ahead.held));
  }
  if (operand != "-" || !given_) return Source(operand, path);
  Source given = std::move(*given_);
  given_.reset();
  return given;
}

Descriptor Inputs::spool(Source source) const {
  Descriptor file = unnamed_file(directory_);
  for (auto chunk = source.read(); !chunk.empty(); chunk = source.read()) {
    write_all(file, chunk, directory_);
  }
  return file;
}

}  // namespace dedup::tool
