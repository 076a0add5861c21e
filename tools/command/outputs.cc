// SPDX-License-Identifier: Apache-2.0
#include "command/outputs.h"

#include <cerrno>
#include <utility>

#include "bytes/fault.h"
#include "bytes/replacement.h"
#include "dedup/compression.h"

namespace dedup::tool {
namespace {

/// A kill costs the work of one group; a sync costs milliseconds, so that it is shared by many.
constexpr std::uint64_t kMostFiles = 64;
constexpr std::uint64_t kMostBytes = std::uint64_t{64} << 20;

/// The output that all operands share; none where each has its own.
std::optional<Target> shared_output(const CleanJob& job) {
  if (job.dry_run) return Target::nothing();
  if (job.output_dir || job.in_place) return std::nullopt;
  return job.output ? Target::file(*job.output) : Target::standard_output();
}

std::optional<Target> account(const std::optional<std::string>& path) {
  return path ? std::optional(Target::file(*path)) : std::nullopt;
}

}  // namespace

const Staged& OwnFile::file() const noexcept {
  return std::visit([](const auto& entry) -> const Staged& { return entry.file; }, entry_);
}

/// Where a file system does not let it have the manners of an old file, that stays as it is.
Target OwnFile::open() const {
  Descriptor made = file().create();
  if (made.number() < 0) {
    const bool no_descriptor = errno == EMFILE || errno == ENFILE;
    const std::string fault = shown(name_) + ": " + cause();
    if (no_descriptor) throw NoDescriptor(fault);
    throw OutputError(fault);
  }
  if (file().old && !take_manners(made.number(), *file().old)) {
    if (std::holds_alternative<InPlace::Entry>(entry_)) throw NotReplaced(cause());
    throw OutputError(shown(name_) + ": " + cause());
  }
  return Target::staged(name_, std::move(made), durable_, compression());
}

/// A file that is replaced may be called by a link to it.
Compression OwnFile::compression() const {
  const auto* const entry = std::get_if<InPlace::Entry>(&entry_);
  return compression_of_name(entry != nullptr ? entry->path.string() : name_);
}

bool OwnFile::has_other_names() const noexcept {
  const auto* const entry = std::get_if<InPlace::Entry>(&entry_);
  return entry != nullptr && entry->other_names > 0;
}

Outputs::Outputs(const CleanJob& job, JobLog* log)
    : removed_(account(job.removed)),
      report_(account(job.report)),
      text_(shared_output(job)),
      log_(log),
      in_groups_(!text_ && (job.in_place || log != nullptr)) {
  if (!text_ && job.in_place) in_place_.emplace(*job.in_place);
  if (!text_ && job.output_dir) tree_.emplace(*job.output_dir);
  if (job.dry_run || !job.output || *job.output == "-") return;
  replaced_ = input_id(*job.output);
  if (replaced_ && !replaced_->regular) replaced_.reset();
}

bool Outputs::replace(const std::string& operand) const {
  return replaced_ && input_id(operand) == replaced_;
}

OwnFile Outputs::reserve(const Errand& errand, const std::optional<FileState>& read) {
  if (in_place_) {
    if (!read) throw NotReplaced("it is no regular file");
    InPlace::Entry entry = in_place_->reserve(errand.number, errand.operand, *read);
    return {std::move(entry), errand.operand, !in_place_->syncs_at_once()};
  }
  OutputTree::Entry entry = tree_->reserve(errand.target);
  return {std::move(entry), errand.target.string(), !tree_->syncs_at_once()};
}

/// Only groups have a size that matters: the file is asked for its own there alone.
void Outputs::keep(OwnFile place) {
  kept_ += 1;
  if (in_groups_) {
    const auto state = place.state();
    group_bytes_ += state ? state->size : 0;
  }
  if (auto* const entry = std::get_if<InPlace::Entry>(&place.entry_)) {
    in_place_->keep(std::move(*entry));
  } else {
    tree_->keep(std::get<OutputTree::Entry>(std::move(place.entry_)));
  }
}

bool Outputs::is_full() const noexcept {
  return in_groups_ && (kept_ - settled_ >= kMostFiles || group_bytes_ >= kMostBytes);
}

/// Nothing takes its place before what explains it is known to last.
void Outputs::settle(const InPlace::Tell& tell) {
  const bool any = kept_ > settled_;
  if (any && in_place_) in_place_->prepare(tell);
  if (any && tree_) tree_->prepare();
  if (any && removed_) {
    Publication list;
    removed_->settle(list);
    list.finish();
  }
  try {
    settle_files(tell, any);
  } catch (const OutputError& error) {
    if (!any || !removed_) throw;
    throw HalfwayError(std::string(error.what()) + "; some outputs are new, others as they were");
  }
}

void Outputs::settle_files(const InPlace::Tell& tell, bool any) {
  if (log_ != nullptr) log_->append();
  Publication files;
  if (any && in_place_) in_place_->publish(files, tell);
  if (any && tree_) tree_->publish(files);
  if (log_ != nullptr) log_->end_group();
  settled_ = kept_;
  group_bytes_ = 0;
  files.finish();
}

void Outputs::flush() {
  if (removed_) removed_->flush();
  if (text_) text_->flush();
}

void Outputs::prepare() {
  if (removed_) removed_->prepare();
  if (report_) report_->prepare();
  if (tree_ && !in_groups_) tree_->prepare();
  if (text_) text_->prepare();
}

void Outputs::publish() {
  Publication publication;
  try {
    if (removed_) removed_->publish(publication);
    if (report_) report_->publish(publication);
    if (text_) text_->publish(publication);
    if (tree_ && !in_groups_) tree_->publish(publication);
  } catch (const HalfwayError&) {
    throw;
  } catch (const std::exception& error) {
    if (!publication.any()) throw;
    throw HalfwayError(std::string(error.what()) + "; some outputs are new, others as they were");
  }
  publication.finish();
}

}  // namespace dedup::tool
