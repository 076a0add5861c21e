// SPDX-License-Identifier: Apache-2.0
#include "bytes/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/temporary.h"

namespace dedup::tool {

Inputs::Inputs(bool keep, const std::string& directory)
    : keep_(keep), directory_(temporary_directory(directory)) {}

void Inputs::expect(const std::string& path) {
  expected_ = path;
  ahead_ = opened_ahead(path);
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
  auto ahead = std::exchange(ahead_, std::nullopt);
  if (ahead && path == expected_) return Source(operand, *std::move(ahead));
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
