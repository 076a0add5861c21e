// SPDX-License-Identifier: Apache-2.0
// The index, and what belongs to no handle.
#include "c/index.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <string>

#include "c/sized.h"
#include "c/values.h"
#include "dedup/c.h"
#include "dedup/error.h"
#include "dedup/version.h"

using namespace dedup;

const char* dedup_version(void) { return version().data(); }

int32_t dedup_c_abi(void) { return DEDUP_C_ABI; }

const char* dedup_reason_name(int32_t reason) {
  const bool is_one = reason >= 0 && static_cast<std::size_t>(reason) < kReasonCount;
  return is_one ? name(static_cast<Reason>(reason)).data() : "";
}

void dedup_options_init(dedup_options* options, size_t size) {
  c::fill(*options, size, c::default_options());
}

void dedup_index_options_init(dedup_index_options* options, size_t size) {
  c::fill(*options, size, c::default_index_options());
}

void dedup_index_file_options_init(dedup_index_file_options* options, size_t size) {
  c::fill(*options, size, c::default_index_file_options());
}

dedup_code dedup_index_new(const dedup_index_options* options, dedup_index** index) {
  *index = c::make_handle<dedup_index>();
  if (*index == nullptr) {
    return DEDUP_NO_MEMORY;
  }
  return c::guarded((*index)->message, [&] {
    (*index)->index.emplace(c::index_options_of(options));
    return DEDUP_OK;
  });
}

dedup_code dedup_index_open(const char* path, const dedup_index_file_options* options,
                            dedup_index** index) {
  *index = c::make_handle<dedup_index>();
  if (*index == nullptr) {
    return DEDUP_NO_MEMORY;
  }
  return c::guarded((*index)->message, [&] {
    if (path == nullptr) throw InvalidOption("there is no path");
    (*index)->index.emplace(Index::open(path, c::index_file_options_of(options)));
    return DEDUP_OK;
  });
}

dedup_code dedup_index_commit(dedup_index* index, uint64_t* documents) {
  return c::guarded(index->message, [&] {
    if (!index->index) throw Misuse("the index could not be made");
    const std::uint64_t known = index->index->commit();
    if (documents != nullptr) *documents = known;
    return DEDUP_OK;
  });
}

const char* dedup_index_message(const dedup_index* index) {
  return index == nullptr ? "out of memory" : index->message.text();
}

uint64_t dedup_index_documents(const dedup_index* index) {
  return index->index ? index->index->documents() : 0;
}

size_t dedup_index_name(const dedup_index* index, uint64_t document, char* buffer, size_t room) {
  if (!index->index) {
    return 0;
  }
  try {
    const std::string name = index->index->name_of(document);
    std::copy_n(name.data(), std::min(room, name.size()), buffer);
    return name.size();
  } catch (const std::exception&) {  // scratch space that cannot be read: it is not known any more
    return 0;
  }
}

void dedup_index_free(dedup_index* index) { std::unique_ptr<dedup_index>{index}; }
