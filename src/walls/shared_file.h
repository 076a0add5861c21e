// SPDX-License-Identifier: Apache-2.0
// The wall to a file that has a name and that several processes share: the index in a file. Reads
// and writes at places, locks on bytes that no content ever reaches, and the clock that documents
// are dated by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace dedup::files {

/// One thread at a time. All throw IndexError with the words of the system.
///
/// Locks belong to this object: they end with it, or with the process however that ends, and hold
/// against other processes as against other objects of this one.
class SharedFile {
 public:
  enum class Access {
    read,    ///< it must exist
    update,  ///< it must exist
    create,  ///< made where it is not there, for its owner alone
  };
  SharedFile(std::string path, Access access);
  ~SharedFile();
  SharedFile(SharedFile&&) noexcept;
  SharedFile& operator=(SharedFile&&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] std::uint64_t size() const;

  /// Reads all of it. A file that ends before is damaged.
  void read(std::uint64_t offset, std::span<std::byte> bytes) const;
  void write(std::uint64_t offset, std::span<const std::byte> bytes) const;
  void cut(std::uint64_t size) const;
  /// Gives the space of these bytes back to the disk, where the file system can do that.
  void release(std::uint64_t offset, std::uint64_t bytes) const noexcept;
  /// Returns when all that was written is safe from a loss of power.
  void sync() const;
  /// Likewise for the name of a new file, as far as the file system can do that.
  void sync_name() const noexcept;

  /// The locks are numbered from 0. False where another holds it in a way that excludes this one.
  [[nodiscard]] bool lock(std::uint64_t number, bool exclusive) const;
  void unlock(std::uint64_t number) const;
  /// Whether another holds any of the locks [first, end).
  [[nodiscard]] bool others_hold(std::uint64_t first, std::uint64_t end) const;

  /// Says that this process is the one who writes; and who says so. For messages only.
  void sign() const noexcept;
  [[nodiscard]] std::optional<std::int64_t> signed_by() const noexcept;

  /// False if the path names another file by now, or none.
  [[nodiscard]] bool is_in_place() const noexcept;
  /// Whether it lies on a file system of the network, where locks and syncs may not hold.
  [[nodiscard]] bool is_remote() const noexcept;
  /// Puts this file, which must be whole and synced, in the place of another.
  void rename_to(const std::string& path);
  /// Takes its name away.
  void remove() const noexcept;

  [[noreturn]] void fail(const std::string& cause) const;

 private:
  [[noreturn]] void fail(int error) const;

  std::string path_;
  int descriptor_;
};

/// Whether anything has that name.
[[nodiscard]] bool exists(const std::string& path) noexcept;

/// Takes a file's name away, if it is there.
void remove(const std::string& path) noexcept;

/// Waits so many thousandths of a second, or less.
void wait_a_moment(unsigned milliseconds) noexcept;

/// Seconds since 1970, by the system's clock.
[[nodiscard]] std::int64_t now() noexcept;
/// Thousandths of a second since some point in time, never going back.
[[nodiscard]] std::uint64_t ticks() noexcept;
/// The number of this process.
[[nodiscard]] std::int64_t process() noexcept;

}  // namespace dedup::files
