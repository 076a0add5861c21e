// SPDX-License-Identifier: Apache-2.0
#include "bytes/backup.h"

#include "catch.h"

using dedup::tool::backup_name;
using dedup::tool::backup_path;
using dedup::tool::is_backup_name;

TEST_CASE("A suffix follows the name") {
  CHECK(backup_name("a.txt", ".bak") == "a.txt.bak");
  CHECK(backup_name("a.txt", "~") == "a.txt~");
}

TEST_CASE("Each star of a suffix stands for the name") {
  CHECK(backup_name("a.txt", "old-*") == "old-a.txt");
  CHECK(backup_name("a.txt", "*.*") == "a.txt.a.txt");
  CHECK(backup_name("a.txt", "**") == "a.txta.txt");
}

TEST_CASE("A backup stands beside its file") {
  CHECK(backup_path("pages/a.txt", ".bak") == "pages/a.txt.bak");
  CHECK(backup_path("a.txt", "old-*") == "old-a.txt");
}

TEST_CASE("What a backup is called shows by the name alone") {
  CHECK(is_backup_name("a.txt.bak", ".bak"));
  CHECK(is_backup_name("old-a.txt", "old-*"));
  CHECK(is_backup_name("a.txt.a.txt", "*.*"));
  CHECK_FALSE(is_backup_name("a.txt", ".bak"));
  CHECK_FALSE(is_backup_name(".bak", ".bak"));
  CHECK_FALSE(is_backup_name("a.old-", "old-*"));
  CHECK_FALSE(is_backup_name("a.txt.b.txt", "*.*"));
  CHECK_FALSE(is_backup_name("a.txt", ""));
}
