// SPDX-License-Identifier: Apache-2.0
// Learned boilerplate.
#include <nanobind/stl/string.h>

#include <mutex>
#include <string>

#include "dedup/learn.h"
#include "python/bindings/bindings.h"
#include "python/bindings/given.h"
#include "python/bindings/unlocked.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace dedup::python {
namespace {

/// A learner for any number of threads, one after the other.
class SharedLearner {
 public:
  explicit SharedLearner(const LearnOptions& options) : learner_(options) {}

  template <typename Call>
  auto call(const Call& call) {
    const Unlocked released;
    const std::lock_guard lock(mutex_);
    return call(learner_);
  }

 private:
  std::mutex mutex_;
  BoilerplateLearner learner_;
};

void learn(SharedLearner& self, nb::handle page, nb::handle url, nb::handle content_type) {
  const Given given(page);
  const std::string its_url = name_from(url);
  const std::string type = name_from(content_type);
  self.call([&](BoilerplateLearner& learner) {
    static_cast<void>(learner.learn(given.view(), its_url, type));
  });
}

nb::bytes model(SharedLearner& self) {
  const std::string made =
      self.call([](const BoilerplateLearner& learner) { return learner.model(); });
  return nb::bytes(made.data(), made.size());
}

constexpr const char* kLearnerText =
    R"(Counts in how many documents each block occurs: what recurs in many of a site belongs to the
site.

Parameters
----------
min_documents : int
    A block is learned when it occurs in at least so many; at least 2.
max_keys : int
    Most distinct keys counted at a time, about 100 bytes each.
encoding : str
    The charset of all documents; "auto": found for each.
memory : int
    About the most bytes for what is counted; 0: no limit but max_keys.)";

/// What stubs say of the types, which are wider than nanobind knows.
constexpr const char* kLearnTypes =
    "def learn(self, page: str | bytes | bytearray | memoryview, *, url: str = '', "
    "content_type: str = '') -> None";

}  // namespace

void bind_learner(nb::module_& module) {
  nb::class_<SharedLearner>(module, "BoilerplateLearner", kLearnerText)
      .def(
          "__init__",
          [](SharedLearner* self, std::uint32_t min_documents, std::uint64_t max_keys,
             const std::string& encoding, std::uint64_t memory) {
            new (self) SharedLearner(LearnOptions{.min_documents = min_documents,
                                                  .max_keys = max_keys,
                                                  .encoding = encoding,
                                                  .memory = memory});
          },
          nb::kw_only(), "min_documents"_a = 5, "max_keys"_a = 10'000'000, "encoding"_a = "auto",
          "memory"_a = 0)
      .def("learn", &learn, "page"_a, nb::kw_only(), "url"_a = "", "content_type"_a = "",
           nb::sig(kLearnTypes), "Counts a page; by host where it has a URL.")
      .def("model", &model, "The model of what was shown so far, for the option boilerplate_model.")
      .def_prop_ro(
          "missed",
          [](SharedLearner& self) {
            return self.call([](const BoilerplateLearner& learner) { return learner.missed(); });
          },
          "How many documents may be missing from a count; 0: none.");
}

}  // namespace dedup::python
