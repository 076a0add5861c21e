// SPDX-License-Identifier: Apache-2.0
// The header of the list decides who restores. The output is made good at the end only: a list that
// does not fit leaves what was there.
#include "command/restore.h"

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/target.h"
#include "command/plan.h"
#include "restorers/list.h"
#include "restorers/restorer.h"

namespace dedup::tool {

int restore(const RestoreJob& job) {
  if (job.output.value_or("-") == "-") refuse_reading_own_output({job.clean, job.removed});
  List list(job.removed);
  Target out = job.output ? Target::file(*job.output) : Target::standard_output();
  const std::string& format = list.header().format;
  if (format == "jsonl" || format == "documents") {
    restore_jsonl(list, Choice(list, job.name), job.clean, out);
  } else if (format == "json") {
    restore_json(list, Choice(list, job.name), job.clean, out);
  } else if (format == "text" || format == "warc") {
    restore_text(list, Choice(list, job.name), job.clean, out);
  } else {
    list.refuse("a format that this version does not know");
  }
  out.commit();
  return kDone;
}

}  // namespace dedup::tool
