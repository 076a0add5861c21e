// SPDX-License-Identifier: Apache-2.0
// The learner.
#include <memory>
#include <optional>
#include <string>

#include "c/guard.h"
#include "c/sized.h"
#include "c/values.h"
#include "dedup/c.h"
#include "dedup/error.h"
#include "dedup/learn.h"

using namespace dedup;

struct dedup_learner {  // NOLINT(readability-identifier-naming): of the C face
  c::Message message;
  std::optional<BoilerplateLearner> learner;  // none: it could not be made
  std::string model;                          // of which the caller has a view

  /// Makes a call of the learner.
  template <typename Call>
  dedup_code run(const Call& call) noexcept {
    return c::guarded(message, [&] {
      if (!learner) throw Misuse("the learner could not be made, and cannot be used");
      call(*learner);
      return DEDUP_OK;
    });
  }
};

void dedup_learn_options_init(dedup_learn_options* options, size_t size) {
  c::fill(*options, size, c::default_learn_options());
}

dedup_code dedup_learner_new(const dedup_learn_options* options, dedup_learner** learner) {
  *learner = c::make_handle<dedup_learner>();
  if (*learner == nullptr) {
    return DEDUP_NO_MEMORY;
  }
  return c::guarded((*learner)->message, [&] {
    (*learner)->learner.emplace(c::learn_options_of(options));
    return DEDUP_OK;
  });
}

const char* dedup_learner_message(const dedup_learner* learner) {
  return learner == nullptr ? "out of memory" : learner->message.text();
}

dedup_code dedup_learn(dedup_learner* learner, const dedup_page* page) {
  return learner->run([&](BoilerplateLearner& counts) {
    const Page given = c::page_of(page);
    // How it could be unpacked is no failure; what came out was counted.
    static_cast<void>(counts.learn(given.bytes, given.url, given.content_type));
  });
}

dedup_code dedup_learner_model(dedup_learner* learner, dedup_bytes* model) {
  return learner->run([&](const BoilerplateLearner& counts) {
    learner->model = counts.model();
    *model = c::bytes(learner->model);
  });
}

void dedup_learner_free(dedup_learner* learner) { std::unique_ptr<dedup_learner>{learner}; }
