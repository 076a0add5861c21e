#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/packages_test.py FOLDER

The Debian packages in FOLDER, which tools/packaging/debian made: lintian finds no error; installed
below an empty root they have what they should, it works, and programs can be built with it; and
removed they leave nothing. The system's own packages stay as they are. Takes half a minute.
"""
import glob
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

FOLDER = os.path.abspath(sys.argv.pop(1))
ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
with open(os.path.join(ROOT, "CMakeLists.txt"), encoding="utf-8") as lists:
    VERSION = re.search(r"^project\(dedup VERSION ([\d.]+)", lists.read(), re.M)[1]
MINOR = VERSION[:VERSION.rindex(".")]
LIBRARY = "libdedup" + MINOR
NAMES = ["dedup", LIBRARY, "libdedup-dev"]
DEBS = sorted(glob.glob(os.path.join(FOLDER, "*.deb")))
C_PROGRAM = """
#include <dedup/c.h>
#include <stdio.h>
#include <string.h>
int main(void) {
  dedup_cleaner* cleaner = NULL;
  const char* bytes = "夜遊&amp;露營\\n";
  dedup_page page = {.size = sizeof page, .bytes = {bytes, strlen(bytes)}};
  dedup_cleaned* cleaned = NULL;
  if (dedup_cleaner_new(NULL, NULL, &cleaner) || dedup_clean(cleaner, &page, &cleaned)) return 1;
  dedup_bytes text = dedup_cleaned_text(cleaned);
  printf("%s %.*s", dedup_version(), (int)text.size, text.data);
  dedup_cleaned_free(cleaned);
  dedup_cleaner_free(cleaner);
}
"""


def output(*command, **more):
    """What a command that must succeed writes to stdout."""
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          **more)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.returncode}\n{done.stdout.decode()}"
                             f"{done.stderr.decode()}")
    return done.stdout


def dpkg(root, *arguments):
    """Runs dpkg below a root, whose database alone it sees; what the packages need is not there."""
    as_root = [] if os.geteuid() == 0 else ["fakeroot"]
    path = os.environ["PATH"] + ":/usr/sbin:/sbin"
    return output(*as_root, "dpkg", "--root=" + root, "--log=/dev/null", "--force-not-root",
                  "--force-depends", *arguments, env={**os.environ, "PATH": path}).decode()


def new_root():
    root = tempfile.mkdtemp()
    database = os.path.join(root, "var/lib/dpkg")
    for name in ("info", "updates", "triggers"):
        os.makedirs(os.path.join(database, name))
    for name in ("status", "available"):
        with open(os.path.join(database, name), "wb"):
            pass
    return root


def files(root):
    """All below a root but dpkg's database, folders included."""
    found = set()
    for folder, folders, names in os.walk(root):
        below = os.path.relpath(folder, root)
        found.update(os.path.normpath(os.path.join(below, name)) for name in folders + names)
    return {name for name in found - {"var", "var/lib"}
            if not (name + "/").startswith("var/lib/dpkg/")}


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = new_root()
        cls.addClassCleanup(shutil.rmtree, cls.root)
        dpkg(cls.root, "--install", *DEBS)
        cls.libraries = os.path.dirname(glob.glob(cls.root + "/usr/lib/*/libdedup.so")[0])
        cls.environment = {**os.environ, "LD_LIBRARY_PATH": cls.libraries}
        cls.work = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.work)

    def read(self, name):
        with open(os.path.join(self.root, name), "rb") as file:
            return file.read()

    def command(self, *arguments):
        return output(self.root + "/usr/bin/dedup", *arguments, env=self.environment)

    def test_three_packages(self):
        architecture = output("dpkg", "--print-architecture").decode().strip()
        fields = {}
        for deb in DEBS:
            lines = output("dpkg-deb", "-f", deb).decode()
            package = dict(re.findall(r"^([\w-]+): (.*)$", lines, re.M))
            fields[package["Package"]] = package
            self.assertEqual(package["Architecture"], architecture)
            self.assertEqual(package["Version"].split("-")[0], VERSION)
            self.assertRegex(lines, r"\nDescription: \S.{20,70}\n \S")
            for name in ("Homepage", "Maintainer", "Priority", "Section", "Installed-Size"):
                self.assertIn(name, package, deb)
        self.assertEqual(sorted(fields), sorted(NAMES))
        same = f"{LIBRARY} (= {fields['dedup']['Version']})"
        self.assertIn(same, fields["dedup"]["Depends"])
        self.assertIn(same, fields["libdedup-dev"]["Depends"])
        for needed in ("libc6", "libicu", "libopencc", "libsimdjson"):
            self.assertIn(needed, fields[LIBRARY]["Depends"])

    def test_installed(self):
        for name in NAMES:
            self.assertIn("ii", dpkg(self.root, "-l", name).splitlines()[-1].split()[0])
        shlibs = self.read(glob.glob(self.root + f"/var/lib/dpkg/info/{LIBRARY}*.shlibs")[0])
        self.assertRegex(shlibs.decode(), rf"^libdedup {re.escape(MINOR)} {re.escape(LIBRARY)} \(")
        for link, target in ((f"libdedup.so.{MINOR}", f"libdedup.so.{VERSION}"),
                             ("libdedup.so", f"libdedup.so.{MINOR}")):
            self.assertEqual(os.readlink(os.path.join(self.libraries, link)), target)
        headers = os.listdir(ROOT + "/include/dedup")
        self.assertEqual(sorted(os.listdir(self.root + "/usr/include/dedup")), sorted(headers))

    def test_nothing_but_what_is_meant(self):
        library = os.path.relpath(self.libraries, self.root)
        meant = [library + "/", "usr/bin/dedup", "usr/include/dedup/",
                 "usr/share/bash-completion/completions/dedup",
                 "usr/share/fish/vendor_completions.d/dedup.fish",
                 "usr/share/man/man1/dedup.1.gz", "usr/share/zsh/vendor-completions/_dedup"]
        meant += [f"usr/share/doc/{name}/" for name in NAMES]
        paths = {name for name in files(self.root) if not os.path.isdir(self.root + "/" + name)}
        self.assertEqual({name for name in paths if not name.startswith(tuple(meant))}, set())
        for name in meant:
            self.assertTrue(os.path.exists(os.path.join(self.root, name)), name)

    def test_command(self):
        self.assertIn(VERSION, self.command("--version").decode())
        text = self.command(ROOT + "/testdata/sample.txt").decode()
        self.assertTrue(text.startswith("本月十二日，浙東水鄉古橋保護聯盟在紹興市越城區宣布成立"))
        self.assertEqual(text.count("聯盟首任理事長周阿根介紹"), 1)
        self.assertNotIn("(zhǎng)", text)
        self.assertNotIn("免責聲明", text)
        # With the dictionaries of OpenCC.
        self.assertIn("水乡古桥", self.command("--script=simplified",
                                                ROOT + "/testdata/sample.txt").decode())

    def test_command_has_no_way_to_where_it_was_built(self):
        for path in (self.root + "/usr/bin/dedup", self.libraries + "/libdedup.so"):
            self.assertNotRegex(output("readelf", "-d", path).decode(), "RPATH|RUNPATH")
            with open(path, "rb") as file:
                self.assertNotIn(ROOT.encode(), file.read())

    def test_manual_and_completions(self):
        share = "usr/share/"
        manual = gzip.decompress(self.read(share + "man/man1/dedup.1.gz"))
        self.assertEqual(manual, self.command("--generate=man"))
        for shell, name in (("bash", "bash-completion/completions/dedup"),
                            ("zsh", "zsh/vendor-completions/_dedup"),
                            ("fish", "fish/vendor_completions.d/dedup.fish")):
            self.assertEqual(self.read(share + name), self.command("--generate=" + shell))

    def test_documents(self):
        for name in NAMES:
            doc = f"usr/share/doc/{name}/"
            copyright_file = self.read(doc + "copyright").decode()
            self.assertTrue(copyright_file.startswith("Format: https://www.debian.org/doc/"))
            self.assertIn("\nLicense: Apache-2.0\n", copyright_file)
            self.assertNotIn("@", copyright_file.replace("@example.org", ""))
            with open(ROOT + "/CHANGELOG.md", "rb") as file:
                self.assertEqual(gzip.decompress(self.read(doc + "changelog.gz")), file.read())
            debian = gzip.decompress(self.read(doc + "changelog.Debian.gz")).decode()
            self.assertTrue(debian.startswith(f"dedup ({VERSION}-"), debian)

    def test_find_package(self):
        """Everything that a user of the library writes, found by CMake."""
        build = os.path.join(self.work, "cmake")
        output("cmake", "-S", ROOT + "/tests/consumer", "-B", build, "-G", "Ninja",
               "-DDEDUP_HOW=find_package", "-DDEDUP_SOURCE=" + ROOT,
               "-DCMAKE_PREFIX_PATH=" + self.root + "/usr")
        with open(build + "/CMakeCache.txt", encoding="utf-8") as cache:
            self.assertIn(f"\ndedup_DIR:PATH={self.libraries}/cmake/dedup\n", cache.read())
        output("cmake", "--build", build)
        output("ctest", "--test-dir", build, "--output-on-failure", "--no-tests=error")

    def test_pkg_config(self):
        """In C, with no other description of a library than that of the package."""
        source, program = (os.path.join(self.work, name) for name in ("page.c", "page"))
        with open(source, "w", encoding="utf-8") as file:
            file.write(C_PROGRAM)
        environment = {**self.environment, "PKG_CONFIG_SYSROOT_DIR": self.root,
                       "PKG_CONFIG_LIBDIR": self.libraries + "/pkgconfig"}
        flags = output("pkg-config", "--cflags", "--libs", "dedup", env=environment).decode()
        output("cc", "-Wall", "-Werror", source, "-o", program, *flags.split())
        self.assertEqual(output(program, env=self.environment).decode(), VERSION + " 夜遊&露營\n")

    def test_lintian(self):
        found = output("lintian", "--allow-root", "--tag-display-limit", "0", "--fail-on", "error",
                       *DEBS).decode()
        self.assertNotRegex(found, "(?m)^E: ")

    def test_removed(self):
        root = new_root()
        self.addCleanup(shutil.rmtree, root)
        dpkg(root, "--install", *DEBS)
        self.assertIn("usr/bin/dedup", files(root))
        dpkg(root, "--purge", *NAMES)
        self.assertEqual(files(root), set())
        with open(root + "/var/lib/dpkg/status", encoding="utf-8") as status:
            self.assertNotIn("Package:", status.read())


if __name__ == "__main__":
    unittest.main()
