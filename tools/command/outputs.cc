// SPDX-License-Identifier: Apache-2.0
#include "command/outputs.h"

#include <utility>

namespace dedup::tool {
namespace {

/// The output that all operands share; none where each has its own.
std::optional<Target> shared_output(const CleanJob& job) {
  if (job.dry_run) return Target::nothing();
  if (job.output_dir) return std::nullopt;
  return job.output ? Target::file(*job.output) : Target::standard_output();
}

}  // namespace

Outputs::Outputs(const CleanJob& job)
    : removed_(job.removed ? std::optional(Target::file(*job.removed)) : std::nullopt),
      text_(shared_output(job)) {
  if (!text_) tree_.emplace(*job.output_dir);
  if (job.dry_run || !job.output || *job.output == "-") return;
  replaced_ = input_id(*job.output);
  if (replaced_ && !replaced_->regular) replaced_.reset();
}

bool Outputs::replace(const std::string& operand) const {
  return replaced_ && input_id(operand) == replaced_;
}

Target Outputs::open(const Errand& errand) {
  Descriptor file = tree_->create(errand.target);
  return Target::staged(errand.target.string(), std::move(file), !tree_->syncs_at_once());
}

void Outputs::keep(Target& target) {
  target.prepare();
  tree_->keep();
  any_kept_ = true;
}

void Outputs::flush() {
  if (removed_) removed_->flush();
  if (text_) text_->flush();
}

void Outputs::prepare() {
  if (removed_) removed_->prepare();
  if (tree_) tree_->prepare();
  if (text_) text_->prepare();
}

void Outputs::publish() {
  Publication publication;
  try {
    if (removed_) removed_->publish(publication);
    if (text_) text_->publish(publication);
    if (tree_) tree_->publish(publication);
  } catch (const HalfwayError&) {
    throw;
  } catch (const std::exception& error) {
    if (!publication.any()) throw;
    throw HalfwayError(std::string(error.what()) + "; some outputs are new, others as they were");
  }
  publication.finish();
}

}  // namespace dedup::tool
