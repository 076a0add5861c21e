// SPDX-License-Identifier: Apache-2.0
#include "command/outputs.h"

#include <utility>

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

Target Outputs::open(const Errand& errand, const std::optional<FileState>& read) {
  if (in_place_) {
    if (!read) throw NotReplaced("it is no regular file");
    Descriptor file = in_place_->create(errand.number, errand.operand, *read);
    const std::string name = followed(errand.operand).string();
    return Target::staged(errand.operand, std::move(file), !in_place_->syncs_at_once(),
                          compression_of_name(name));
  }
  Descriptor file = tree_->create(errand.target);
  const std::string name = errand.target.string();
  return Target::staged(name, std::move(file), !tree_->syncs_at_once(), compression_of_name(name));
}

std::optional<FileState> Outputs::keep(Target& target) {
  target.prepare();
  const auto state = in_place_ ? in_place_->keep() : tree_->keep();
  kept_ += 1;
  if (state) group_bytes_ += state->size;
  return state;
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
