// SPDX-License-Identifier: Apache-2.0
#include "command/parcels.h"

#include <algorithm>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "listeners/report.h"

namespace dedup::tool {
namespace {

/// Enough to share among the threads, and to pay for waking them.
constexpr std::size_t kGroup = 64;
constexpr std::size_t kMany = 256;  // some batches of the Cleaner
constexpr std::size_t kMostWaiting = 1024;

/// Tells it, too.
std::string fault_of_not_replacing(const std::string& operand, const std::string& reason) {
  std::string fault = "not replaced, as " + reason;
  say(shown(operand) + ": " + fault);
  return fault;
}

}  // namespace

std::string obstacle(const CleanJob& job, const Observed& found, Compression out) {
  const bool packed = found.packed != Compression::none;
  if (packed && out == Compression::none) {
    return "it is compressed, and would not be, since its name does not end in .gz, .zst or .xz";
  }
  if (job.in_place && !packed && out != Compression::none) {
    return "it is not compressed, and would be, since its name ends so";
  }
  if (found.pages) return "of its HTML only the text would be left";
  if (job.replace_damaged) return {};
  if (found.doubts.broken > 0) return "not all of it decodes (see --replace-damaged)";
  if (found.doubts.guessed > 0) {
    return "its charset is a guess (see --encoding, --replace-damaged)";
  }
  return {};
}

Parcels::Parcels(const CleanJob& job, const Plan& plan, Outputs& outputs, JobLog* log, Crew& crew)
    : job_(job), plan_(plan), outputs_(outputs), log_(log), crew_(crew) {
  for (const Errand& errand : plan.errands) {
    if (errand.done) last_done_ = errand.number;
  }
}

Parcel& Parcels::add(const Errand& errand) {
  Parcel& parcel = parcels_.emplace_back();
  parcel.errand = &errand;
  return parcel;
}

void Parcels::hold(Parcel& parcel) {
  parcel.text.emplace(Target::held());
  parcel.held = parcel.line.input ? parcel.line.input->size : 0;
  held_ += parcel.held;
}

/// What will not be written is read all the same: what it holds counts for the files behind it.
void Parcels::open(Parcel& parcel) {
  reserve(parcel);
  try {
    if (parcel.place) parcel.text.emplace(parcel.place->open());
  } catch (const NotReplaced& refusal) {
    not_replaced(parcel, refusal.what());
  }
  if (!parcel.text) parcel.text.emplace(Target::nothing());
}

bool Parcels::are_many() const noexcept {
  return parcels_.size() >= kMany && parcels_.size() % kGroup == 0;
}

bool Parcels::is_heavy() const noexcept {
  return parcels_.size() >= kMostWaiting || held_ >= kMemory;
}

std::size_t Parcels::ready() const {
  const auto is_ready = [](const Parcel& one) { return !one.origin || one.origin->done(); };
  const auto end = std::ranges::find_if_not(parcels_, is_ready);
  return static_cast<std::size_t>(end - parcels_.begin());
}

/// Places are found and kept in the order of the operands; between them nothing has an order.
void Parcels::send(bool all) {
  const std::size_t count = ready();
  if (count == 0 || (count < kGroup && !all)) return;
  for (std::size_t i = 0; i < count; ++i) decide(parcels_[i]);
  crew_.each(count, [this](std::size_t i) { write(parcels_[i]); });
  const std::size_t last = parcels_[count - 1].errand->number;
  for (std::size_t i = 0; i < count; ++i) {
    close(parcels_.front());
    parcels_.pop_front();
  }
  // What an earlier run did is in the list before this one takes the place of the earlier list.
  if (last >= last_done_ && outputs_.is_full()) settle();
}

/// Where its file will stand, if it is to be written at all.
void Parcels::reserve(Parcel& parcel) {
  try {
    parcel.place = outputs_.reserve(*parcel.errand, parcel.line.input);
  } catch (const NotReplaced& refusal) {
    return not_replaced(parcel, refusal.what());
  }
  if (parcel.place->has_other_names() && !job_.quiet) {
    say(parcel.origin->label() + ": has other names (hard links), under which the old text stays");
  }
}

/// Whether it is written, now that all is known of it.
void Parcels::decide(Parcel& parcel) {
  if (parcel.text && parcel.text->is_held()) reserve(parcel);
  if (!parcel.place) return;
  if (!parcel.whole) return drop(parcel);
  if (!job_.in_place) return;
  parcel.found.doubts = parcel.origin->doubts();
  const std::string reason = obstacle(job_, parcel.found, parcel.place->compression());
  if (!reason.empty()) not_replaced(parcel, reason);
}

/// On any thread.
void Parcels::write(Parcel& parcel) const noexcept {
  if (!parcel.place) return;
  try {
    if (parcel.text->is_held()) {
      Target file = parcel.place->open();
      file.write(parcel.text->text());
      file.prepare();
    } else {
      parcel.text->prepare();
    }
    if (log_ != nullptr) parcel.line.output = parcel.place->state();
  } catch (const NoDescriptor&) {
    parcel.again = true;
    parcel.fault = std::current_exception();
  } catch (...) {
    parcel.fault = std::current_exception();
  }
}

void Parcels::close(Parcel& parcel) {
  held_ -= parcel.held;
  if (std::exchange(parcel.again, false)) {
    parcel.fault = nullptr;
    write(parcel);
  }
  try {
    if (parcel.fault) std::rethrow_exception(parcel.fault);
  } catch (const NotReplaced& refusal) {
    not_replaced(parcel, refusal.what());
  }
  if (parcel.place) outputs_.keep(std::move(*parcel.place));
  failed_ |= parcel.failed;
  if (log_ != nullptr && !parcel.errand->done) log(parcel);
}

/// What was done of a file goes into the log, be it good or bad; of what an earlier run did it has
/// that already.
void Parcels::log(Parcel& parcel) {
  JobLine& line = parcel.line;
  line.number = parcel.errand->number;
  line.file = shown(parcel.errand->operand);
  const bool limit = parcel.origin && parcel.origin->warnings().any_limit();
  if (line.fault.empty() && parcel.origin) line.fault = parcel.origin->warnings().first();
  line.status = parcel.failed ? kFailed : limit ? kLimit : line.fault.empty() ? kDone : kDamaged;
  log_->add(std::move(line));
}

void Parcels::not_replaced(Parcel& parcel, const std::string& reason) {
  drop(parcel);
  parcel.failed = true;
  parcel.line.fault = fault_of_not_replacing(parcel.errand->operand, reason);
}

void Parcels::drop(Parcel& parcel) {
  if (parcel.place) parcel.place->drop();
  parcel.place.reset();
}

void Parcels::settle() {
  outputs_.settle([this](std::size_t number, const std::string& why) {
    const std::string fault = fault_of_not_replacing(plan_.errands[number].operand, why);
    failed_ = true;
    if (log_ != nullptr) log_->not_written(number, fault);
  });
}

}  // namespace dedup::tool
