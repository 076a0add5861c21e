// SPDX-License-Identifier: Apache-2.0
// The Cleaner.
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "dedup/cleaned.h"
#include "python/bindings/bindings.h"
#include "python/bindings/given.h"
#include "python/bindings/options.h"
#include "python/bindings/shared_index.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace dedup::python {
namespace {

void make(SharedCleaner* self, SharedIndex* index, const nb::kwargs& given) {
  Options options = options_from(given);
  new (self) SharedCleaner(std::move(options), index != nullptr ? index->index() : nullptr);
  if (index != nullptr) index->add(*self);
}

/// A page with all that its views refer to.
struct Held {
  Held(nb::handle page, nb::handle its_url, nb::handle its_name, nb::handle its_type)
      : bytes(page),
        url(name_from(its_url)),
        name(name_from(its_name)),
        content_type(name_from(its_type)) {}

  [[nodiscard]] Page page() const {
    return {.bytes = bytes.view(), .url = url, .name = name, .content_type = content_type};
  }

  Given bytes;
  std::string url, name, content_type;
};

/// What is decoded already must not be decoded once more.
void check(const Held& page, const SharedCleaner& cleaner) {
  if (!page.bytes.is_text()) return;
  std::string encoding = cleaner.encoding();
  std::ranges::transform(encoding, encoding.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  if (encoding != "auto" && encoding != "utf-8" && encoding != "utf8") {
    throw Misuse("a str is decoded already: encoding=" + cleaner.encoding() + " is for bytes");
  }
}

Cleaned clean(const SharedCleaner& self, nb::handle page, nb::handle url, nb::handle name,
              nb::handle content_type) {
  const Held held(page, url, name, content_type);
  check(held, self);
  return self.call([&](Cleaner& cleaner) { return cleaner.clean(held.page()); });
}

/// One value for each page: an item of a sequence, or the same for all.
class Column {
 public:
  Column(nb::handle given, std::size_t rows, const char* name) : given_(given) {
    if (nb::isinstance<nb::str>(given)) return;
    if (!nb::isinstance<nb::sequence>(given)) {
      throw nb::type_error((std::string(name) + " is a str, or a sequence of them").c_str());
    }
    each_ = nb::cast<nb::sequence>(given);
    if (nb::len(each_) != rows) {
      throw nb::value_error((std::string(name) + " has another length than pages").c_str());
    }
  }
  [[nodiscard]] nb::object at(std::size_t row) const {
    return each_.is_valid() ? nb::object(each_[row]) : nb::borrow(given_);
  }

 private:
  nb::handle given_;
  nb::sequence each_;
};

std::vector<Cleaned> clean_all(const SharedCleaner& self, const nb::sequence& pages,
                               nb::handle urls, nb::handle names, nb::handle content_types) {
  if (nb::isinstance<nb::str>(pages) || nb::isinstance<nb::bytes>(pages) ||
      nb::isinstance<nb::bytearray>(pages) || PyMemoryView_Check(pages.ptr())) {
    throw nb::type_error("clean_all() takes a sequence of pages; clean() takes one");
  }
  const std::size_t rows = nb::len(pages);
  const Column url(urls, rows, "urls");
  const Column name(names, rows, "names");
  const Column content_type(content_types, rows, "content_types");
  std::vector<Held> held;
  held.reserve(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    held.emplace_back(nb::object(pages[i]), url.at(i), name.at(i), content_type.at(i));
    check(held.back(), self);
  }
  std::vector<Page> views;
  views.reserve(rows);
  for (const Held& page : held) views.push_back(page.page());
  return self.call([&](Cleaner& cleaner) { return cleaner.clean_all(views); });
}

constexpr const char* kCleanerText =
    R"(Cleans documents one after the other and remembers what it has seen. Threads may share one:
they wait for each other; where they are not to, each has its own on a common Index. The GIL is
released meanwhile. A process that is forked makes its own.

Parameters
----------
index : Index, optional
    What was seen; else one of its own.
**options
    See dedup.Options.

Raises
------
InvalidOption
    Options that make no sense, or do not fit those of the index.
FormatError
    A boilerplate rule that does not parse.)";

constexpr const char* kCleanText = R"(Cleans a whole document.

Parameters
----------
page : str or bytes
    Text or HTML. Bytes may be as a server sent them: in any charset, and packed by gzip, zstd or
    xz. Lone surrogates of a str are read as U+FFFD.
url : str
    Its host is what a learned model knows a site by.
name : str
    What lists call it; else the URL.
content_type : str
    "text/html; charset=gbk", as HTTP headers have it. Without one HTML is known by how it begins.

Returns
-------
Cleaned
    Damage is told there and never raised.)";

constexpr const char* kCleanAllText =
    R"(The same for several, in their order; with the option threads all processors have work. urls,
names and content_types are one for all, or as many as pages.)";

/// What stubs say of the types, which are wider than nanobind knows.
constexpr const char* kCleanTypes =
    "def clean(self, page: str | bytes | bytearray | memoryview, *, url: str = '', "
    "name: str = '', content_type: str = '') -> Cleaned";
constexpr const char* kCleanAllTypes =
    "def clean_all(self, pages: typing.Sequence[str | bytes | bytearray | memoryview], *, "
    "urls: str | typing.Sequence[str] = '', names: str | typing.Sequence[str] = '', "
    "content_types: str | typing.Sequence[str] = '') -> list[Cleaned]";

}  // namespace

void bind_cleaner(nb::module_& module) {
  nb::class_<SharedCleaner>(module, "Cleaner", kCleanerText)
      .def("__init__", &make, "index"_a.none() = nb::none(), "options"_a,
           nb::sig("def __init__(self, index: Index | None = None, **options: typing.Any) -> None"))
      .def("clean", &clean, "page"_a, nb::kw_only(), "url"_a = "", "name"_a = "",
           "content_type"_a = "", nb::sig(kCleanTypes), kCleanText)
      .def("clean_all", &clean_all, "pages"_a, nb::kw_only(), "urls"_a = "", "names"_a = "",
           "content_types"_a = "", nb::sig(kCleanAllTypes), kCleanAllText)
      .def_prop_ro(
          "stats",
          [](const SharedCleaner& self) {
            return self.call([](const Cleaner& cleaner) { return cleaner.stats(); });
          },
          "Sums over all documents so far.")
      .def("close", &SharedCleaner::close, "Gives back what it holds; later calls raise Misuse.")
      .def(
          "__enter__", [](nb::handle self) { return nb::borrow(self); },
          nb::sig("def __enter__(self) -> Cleaner"))
      .def(
          "__exit__",
          [](const SharedCleaner& self, nb::handle, nb::handle, nb::handle) { self.close(); },
          nb::arg().none(), nb::arg().none(), nb::arg().none());
  module.def("option_names", &option_names, "The names that dedup.Options explains.");
}

}  // namespace dedup::python
