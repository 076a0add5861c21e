// SPDX-License-Identifier: Apache-2.0
// The GIL, given back for a while.
#pragma once

#include <Python.h>

namespace dedup::python {

/// Other threads of Python run while one of these lives. nanobind's own guard ends the process
/// where the interpreter went meanwhile, as it does under daemon threads: CPython below 3.14 then
/// ends the thread by an exception that no destructor lets through. This one sleeps, as CPython
/// does from 3.14 on.
class Unlocked {
 public:
  Unlocked() : thread_(PyEval_SaveThread()) {}
  Unlocked(const Unlocked&) = delete;
  Unlocked& operator=(const Unlocked&) = delete;
  ~Unlocked();

 private:
  PyThreadState* thread_;
};

}  // namespace dedup::python
