// SPDX-License-Identifier: Apache-2.0
// The index, and the upkeep of indexes in files.
#include "dedup/index.h"

#include <nanobind/stl/filesystem.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "dedup/index_file.h"
#include "python/bindings/bindings.h"
#include "python/bindings/given.h"
#include "python/bindings/options.h"
#include "python/bindings/shared_index.h"
#include "python/bindings/unlocked.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace dedup::python {
namespace {

using Path = std::filesystem::path;

// Paths come by os.fspath(), and so does what they may hold besides UTF-8.

/// It commits to nothing, and so never by itself.
SharedIndex in_memory(bool places, bool names, double near_threshold, std::uint64_t memory,
                      const std::optional<Path>& scratch, nb::handle secret,
                      std::uint64_t first_document) {
  IndexOptions options{.places = places,
                       .names = names,
                       .near_threshold = near_threshold,
                       .memory = memory,
                       .first_document = first_document};
  if (memory != 0 || scratch) options.scratch = scratch_from(nb::cast(scratch));
  if (!secret.is_none()) options.secret = secret_from(secret);
  return {Index(options), false};
}

/// Seconds to wait become thousandths; without a limit of memory no scratch space is made.
SharedIndex open(const Path& path, bool read_only, double near_threshold, std::uint64_t memory,
                 const std::optional<Path>& scratch, std::uint64_t commit_documents,
                 std::uint64_t commit_seconds, double wait, bool remote, nb::handle secret) {
  IndexFileOptions options{.read_only = read_only,
                           .near_threshold = near_threshold,
                           .memory = memory,
                           .commit_documents = commit_documents,
                           .commit_seconds = commit_seconds,
                           .remote = remote};
  if (!(wait >= 0 && wait < 1e9)) throw InvalidOption("wait is a number of seconds from 0 on");
  options.wait = static_cast<std::uint64_t>(wait * 1000);
  if (memory != 0 || scratch) options.scratch = scratch_from(nb::cast(scratch));
  if (!secret.is_none()) options.secret = secret_from(secret);
  const std::string name = path.string();
  const Unlocked released;  // it may wait
  return {Index::open(name, options), !read_only && (commit_documents != 0 || commit_seconds != 0)};
}

/// Calls Python from a thread without the GIL, which runs without it the rest of the time.
template <typename Call>
auto released(const Call& call) {
  const Unlocked without;
  return call();
}

/// Counts and names as the file has them.
void bind_facts(nb::module_& module) {
  nb::class_<IndexFacts>(module, "IndexFacts", "What an index in a file says of itself.")
      .def_ro("documents", &IndexFacts::documents)
      .def_ro("sequences", &IndexFacts::sequences, "Documents that an exact copy is known by.")
      .def_ro("blocks", &IndexFacts::blocks, "Distinct.")
      .def_ro("runs", &IndexFacts::runs, "Of three blocks.")
      .def_ro("sentence_runs", &IndexFacts::sentence_runs, "Of three; with scope=\"wide\".")
      .def_ro("sentences", &IndexFacts::sentences, "Likewise.")
      .def_ro("sketches", &IndexFacts::sketches, "Documents that a near-duplicate is known by.")
      .def_ro("bytes", &IndexFacts::bytes, "Of the file.")
      .def_ro("free_bytes", &IndexFacts::free_bytes, "Of these, what compact_index() would save.")
      .def_ro("commits", &IndexFacts::commits)
      .def_ro("near_threshold", &IndexFacts::near_threshold)
      .def_ro("recipe", &IndexFacts::recipe, "See key_recipe().")
      .def_ro("unicode", &IndexFacts::unicode, "The version.")
      .def_ro("options", &IndexFacts::options, "Of the Cleaners that it is for.");
}

std::uint64_t commit(const SharedIndex& self) {
  const auto index = self.index();
  return released([&] { return index->commit(); });
}

void prepare(const SharedIndex& self) {
  const auto index = self.index();
  released([&] { index->prepare(); });
}

/// What a with statement holds is committed where it ends well: else what was made of the pages may
/// not be there.
void leave(SharedIndex& self, nb::handle type, nb::handle /*value*/, nb::handle /*traceback*/) {
  if (type.is_none()) static_cast<void>(commit(self));
  self.close();
}

void check(const Path& path) {
  const std::string file = path.string();
  released([&] { check_index(file); });
}

void compact(const Path& path) {
  const std::string file = path.string();
  released([&] { compact_index(file); });
}

std::uint64_t forget(const Path& path, const std::optional<nb::str>& name,
                     std::optional<std::int64_t> before) {
  Forgotten which;
  if (name) which.name = name_from(*name);
  which.before = before;
  const std::string file = path.string();
  return released([&] { return forget_documents(which, file); });
}

void merge(const std::vector<Path>& from, const Path& path) {
  std::vector<std::string> files;
  for (const Path& file : from) files.push_back(file.string());
  const std::string to = path.string();
  released([&] { merge_indexes(files, to); });
}

/// Functions on files that nobody has open. Each may take as long as reading the file does, and
/// other threads go on meanwhile.
void bind_upkeep(nb::module_& module) {
  module.def(
      "index_facts", [](const Path& path) { return index_facts(path.string()); }, "path"_a,
      "What an index in a file says of itself. Raises IndexFileError.");
  module.def(
      "check_index", &check, "path"_a,
      R"(Reads all of an index; raises IndexFileError for the first byte that is not as it was
written.)");
  module.def("compact_index", &compact, "path"_a,
             R"(Writes an index anew, without what is free. Nobody else may have it open. Raises
IndexFileError.)");
  module.def(
      "forget_documents", &forget, "path"_a, nb::kw_only(), "name"_a = nb::none(),
      "before"_a = nb::none(),
      R"(Forgets what was first seen in documents of that name, seen before that time (seconds
since 1970), or both. Says how many there were. Raises IndexFileError.)");
  module.def("merge_indexes", &merge, "sources"_a, "path"_a,
             R"(Makes a new index of several that have one secret, as if their documents had been
shown one after the other. Raises IndexFileError, also where path is there.)");
}

constexpr const char* kIndexText =
    R"(What was seen, for any number of Cleaners on any threads: in memory, or by Index.open() in a
file, which remembers from run to run.

Parameters
----------
places : bool
    Remembers where each block was first, for Edit.first; 16 bytes a block.
names : bool
    Remembers the names of documents, for Edit.first_name.
near_threshold : float
    Least resemblance of near-duplicates, from 0.5 to 1.
memory : int
    Most bytes to remember in memory; 0: no limit. The rest goes on in scratch.
scratch : path, optional
    Where; else the directory for temporary files.
secret : bytes, optional
    Key of the fingerprints, 32 bytes; else drawn at random.
first_document : int
    The number of the first document, where others that are cleaned elsewhere come before it.)";

constexpr const char* kOpenText =
    R"(Opens an index in a file, which the first commit makes where it is not there. One process at
a time may write it, any number may read it.

Parameters
----------
path : str or path
    The file.
read_only : bool
    Only asks; what is new is remembered until it is closed.
near_threshold : float
    As in Index; of a file that is there, the same as before.
memory : int
    Most bytes in memory for what is not committed yet.
scratch : path, optional
    For what has no room, where the file is only read.
commit_documents, commit_seconds : int
    Commits by itself after so many documents, or so much time; 0: never. Who must not lose any
    page sets both to 0, stores what was made of it, and calls commit().
wait : float
    Seconds to wait for another who writes.
remote : bool
    Opens it on a file system of the network, too.
secret : bytes, optional
    Of a new file.

Raises
------
IndexFileError
    It cannot be opened, is in use, or does not fit.)";

/// The class, with the two ways to make one.
nb::class_<SharedIndex> bind_class(nb::module_& module) {
  return nb::class_<SharedIndex>(module, "Index", kIndexText)
      .def(
          "__init__",
          [](SharedIndex* self, bool places, bool names, double near_threshold,
             std::uint64_t memory, const std::optional<Path>& scratch, nb::handle secret,
             std::uint64_t first_document) {
            new (self) SharedIndex(
                in_memory(places, names, near_threshold, memory, scratch, secret, first_document));
          },
          nb::kw_only(), "places"_a = true, "names"_a = true, "near_threshold"_a = 0.8,
          "memory"_a = 0, "scratch"_a = nb::none(), "secret"_a = nb::none(), "first_document"_a = 0)
      .def_static("open", &open, "path"_a, nb::kw_only(), "read_only"_a = false,
                  "near_threshold"_a = 0.8, "memory"_a = 0, "scratch"_a = nb::none(),
                  "commit_documents"_a = 10'000, "commit_seconds"_a = 5, "wait"_a = 0.0,
                  "remote"_a = false, "secret"_a = nb::none(), kOpenText);
}

}  // namespace

void bind_index(nb::module_& module) {
  bind_class(module)
      .def("prepare", &prepare, "Does all of a commit that may fail for want of space.")
      .def("commit", &commit,
           "Makes what was seen last. Says how many documents the file knows. In memory: nothing.")
      .def(
          "name_of",
          [](const SharedIndex& self, std::uint64_t document) {
            return name_to(self.index()->name_of(document));
          },
          "document"_a, "The name under which a document was given; empty where there is none.")
      .def_prop_ro(
          "documents", [](const SharedIndex& self) { return self.index()->documents(); },
          "How many documents it was shown: the next gets this number.")
      .def_prop_ro(
          "commits_by_itself", &SharedIndex::commits_by_itself,
          "Whether it commits after some documents or some time, as Index.open() was told.")
      .def("close", &SharedIndex::close,
           "Lets the file go, without a commit, and closes the Cleaners that have it.")
      .def(
          "__enter__", [](nb::handle self) { return nb::borrow(self); },
          nb::sig("def __enter__(self) -> Index"))
      .def("__exit__", &leave, nb::arg().none(), nb::arg().none(), nb::arg().none(),
           "Commits, unless an exception is under way, and closes.");
  bind_facts(module);
  bind_upkeep(module);
}

}  // namespace dedup::python
