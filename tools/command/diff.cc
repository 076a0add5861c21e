// SPDX-License-Identifier: Apache-2.0
#include "command/diff.h"

#include <unistd.h>

#include <optional>
#include <utility>

#include "bytes/fault.h"
#include "bytes/pager.h"
#include "bytes/target.h"
#include "bytes/temporary.h"
#include "bytes/terminal.h"
#include "command/clean.h"
#include "command/plan.h"
#include "command/restore.h"
#include "listeners/differences.h"
#include "restorers/list.h"
#include "restorers/restorer.h"

namespace dedup::tool {
namespace {

/// Shows what `show` writes to standard output. Who quits the pager wants no more, and was told
/// nothing wrong. Colours are for the terminal, which a pager takes away.
template <typename Show>
int paged(View view, const Show& show) {
  view.colour = has_colours(view.colour, STDOUT_FILENO) ? Colour::always : Colour::never;
  Pager pager(view.pager);
  int status = kDone;
  try {
    status = show(view);
  } catch (const ReaderGone&) {
    if (!pager.any()) throw;
  }
  pager.finish();
  return status;
}

int show_list(const DiffJob& job, const View& view) {
  List list(job.removed);
  Target out = Target::standard_output();
  Differences differences(out, palette(view.colour == Colour::always), view.context,
                          temporary_directory({}));
  if (job.clean) {
    Target nothing = Target::nothing();
    restore(list, Choice(list, job.name), *job.clean, nothing, &differences);
  } else {
    tell_edits(list, Choice(list, job.name), differences);
  }
  differences.finish();
  out.commit();
  return kDone;
}

}  // namespace

int diff_files(CleanJob job) {
  if (job.operands.typed.empty() && !job.operands.files_from && !job.operands.files0_from &&
      is_terminal(STDIN_FILENO)) {
    throw UsageError("diff needs a FILE where standard input is a terminal (see dedup --help)");
  }
  const bool seen = is_terminal(STDOUT_FILENO);  // what a pager shows must not be written over
  if (seen && job.progress == ShowProgress::automatic) job.progress = ShowProgress::never;
  return paged(*job.view, [&](const View& view) {
    job.view = view;
    return clean(std::move(job));
  });
}

int diff_list(const DiffJob& job) {
  std::vector<std::string> inputs{job.removed};
  if (job.clean) inputs.push_back(*job.clean);
  refuse_reading_own_output(inputs);
  return paged(job.view, [&](const View& view) { return show_list(job, view); });
}

}  // namespace dedup::tool
