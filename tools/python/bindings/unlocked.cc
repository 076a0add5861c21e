// SPDX-License-Identifier: Apache-2.0
#include "python/bindings/unlocked.h"

#include <unistd.h>

namespace dedup::python {

Unlocked::~Unlocked() {
  try {
    PyEval_RestoreThread(thread_);
  } catch (...) {  // that exception; it must not be let go on, nor end here
    for (;;) pause();
  }
}

}  // namespace dedup::python
