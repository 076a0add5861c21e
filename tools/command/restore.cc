// SPDX-License-Identifier: Apache-2.0
// The header of the list decides who restores. The output is made good at the end only: a list that
// does not fit leaves what was there.
#include "command/restore.h"

#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/target.h"
#include "command/plan.h"
#include "restorers/list.h"
#include "restorers/restorer.h"

namespace dedup::tool {

void restore(List& list, Choice choice, const std::string& clean, Target& out, Listener* listener) {
  const std::string& format = list.header().format;
  if (format == "jsonl" || format == "documents") {
    restore_jsonl(list, std::move(choice), clean, out, listener);
  } else if (format == "json") {
    restore_json(list, std::move(choice), clean, out, listener);
  } else if (format == "text" || format == "warc") {
    restore_text(list, std::move(choice), clean, out, listener);
  } else {
    list.refuse("a format that this version does not know");
  }
}

int restore(const RestoreJob& job) {
  if (job.output.value_or("-") == "-") refuse_reading_own_output({job.clean, job.removed});
  List list(job.removed);
  Target out = job.output ? Target::file(*job.output) : Target::standard_output();
  restore(list, Choice(list, job.name), job.clean, out);
  out.commit();
  return kDone;
}

}  // namespace dedup::tool
