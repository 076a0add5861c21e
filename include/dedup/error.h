// The faults that the library reports by exception. Damaged data is never one of them: broken bytes
// are repaired by a stated policy, counted in Stats and told to Sink::damaged().
#pragma once

#include <stdexcept>

#include "dedup/export.h"

namespace dedup {

/// Base of everything the library throws itself; what() is one line fit for a user.
class DEDUP_EXPORT Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An option, or two options together, make no sense. Thrown by constructors only.
class DEDUP_EXPORT InvalidOption : public Error {
 public:
  using Error::Error;
};

/// A call that does not fit the calls before, such as end() without begin(). Nothing was changed.
class DEDUP_EXPORT Misuse : public Error {
 public:
  using Error::Error;
};

/// Text in one of the project's own formats (rules, edit list) does not follow its grammar.
class DEDUP_EXPORT FormatError : public Error {
 public:
  using Error::Error;
};

}  // namespace dedup
