// Analysis: a stretch of a document to repaired, keyed blocks and sentences. A pure function of the
// stretch and the options, so windows can be analysed in any order and on any thread; only judging
// them needs what came before.
//
//   stretch → repair → blocks → sentences → keys → fingerprints, boilerplate
#pragma once

#include "cleaner/boilerplate_layer.h"
#include "cleaner/window.h"
#include "dedup/options.h"
#include "numbers/fingerprint.h"
#include "text/lines.h"

namespace dedup::cleaner {

/// Immutable, safe on any thread.
class Analyser {
 public:
  /// All references must outlive it.
  Analyser(const Options& options, const numbers::Fingerprinter& fingerprinter,
           const BoilerplateLayer& boilerplate)
      : options_(options), fingerprinter_(fingerprinter), boilerplate_(boilerplate) {}

  /// `host` is that of the document, as the layer of boilerplate numbers it.
  void analyse(Window& window, memory::Host host) const;

 private:
  const Options& options_;
  const numbers::Fingerprinter& fingerprinter_;
  const BoilerplateLayer& boilerplate_;
};

}  // namespace dedup::cleaner
