// SPDX-License-Identifier: Apache-2.0
#include "c/guard.h"

namespace dedup::c {

/// From the special to the general, as in dedup/error.h.
dedup_code code_of_fault(Message& message) noexcept {
  const auto said = [&](dedup_code code, const std::exception& fault) {
    message.set(fault.what());
    return code;
  };
  try {
    throw;
  } catch (const InvalidOption& fault) {
    return said(DEDUP_INVALID_OPTION, fault);
  } catch (const Misuse& fault) {
    return said(DEDUP_MISUSE, fault);
  } catch (const FormatError& fault) {
    return said(DEDUP_FORMAT, fault);
  } catch (const ScratchError& fault) {
    return said(DEDUP_SCRATCH, fault);
  } catch (const IndexError& fault) {
    return said(DEDUP_INDEX, fault);
  } catch (const std::bad_alloc&) {
    message.set_fixed("out of memory");
    return DEDUP_NO_MEMORY;
  } catch (const std::exception& fault) {
    return said(DEDUP_FAULT, fault);
  } catch (...) {
    message.set_fixed("something was thrown that nobody knows");
    return DEDUP_FAULT;
  }
}

}  // namespace dedup::c
