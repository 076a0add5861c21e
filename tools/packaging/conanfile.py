# SPDX-License-Identifier: Apache-2.0
"""Conan's recipe (2.x): the library, of a release's tarball, without the command and OpenCC.

At a release: URL, and SHA256 as tools/packaging/tarball says it. The digest of the table is that of
Debian's copy, which calls itself version 15.0.0.

Tried: that Conan 2.34 reads it (`conan inspect`), and the options of CMake on Debian 12. Not tried:
to build it with the libraries of Conan's index, of which none could be had.
"""
import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, download, get, rmdir

URL = "https://example.org/dedup/releases/dedup-0.1.0.tar.gz"
SHA256 = "0" * 64
TABLE = "EquivalentUnifiedIdeograph.txt"
TABLE_URL = "https://www.unicode.org/Public/15.0.0/ucd/" + TABLE
TABLE_SHA256 = "f2e04bae8c856fad3a16353a99d4cc2de6c72770260379f5e4974a97548aad2a"


class DedupConan(ConanFile):
    name = "dedup"
    version = "0.1.0"
    description = "Turns scraped Chinese text into clean text"
    homepage = "https://example.org/dedup"
    url = "https://example.org/dedup"
    license = "Apache-2.0"
    topics = ("chinese", "deduplication", "text", "web-scraping")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "fPIC": [True, False]}
    default_options = {"shared": False, "fPIC": True}
    implements = ["auto_shared_fpic"]

    def validate(self):
        check_min_cppstd(self, 20)

    def requirements(self):
        self.requires("icu/[>=72.1]")
        self.requires("simdjson/[>=2.0.1]")
        self.requires("xxhash/[>=0.8.1]")
        self.requires("xz_utils/[>=5.4]")
        self.requires("zlib/[>=1.2.11 <2]")
        self.requires("zstd/[>=1.5.2]")

    def build_requirements(self):
        self.tool_requires("cmake/[>=3.25]")

    def layout(self):
        cmake_layout(self, src_folder="src")

    def source(self):
        get(self, URL, sha256=SHA256, strip_root=True)
        download(self, TABLE_URL, TABLE, sha256=TABLE_SHA256)

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables.update({
            "BUILD_TESTING": False,
            "DEDUP_TOOL": False,
            "DEDUP_OPENCC": False,
            "DEDUP_EQUIVALENT_IDEOGRAPHS": os.path.join(self.source_folder, TABLE),
            "DEDUP_XXHASH_INCLUDE": self.dependencies["xxhash"].cpp_info.includedirs[0],
        })
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        for folder in ("cmake", "pkgconfig"):  # Conan makes its own
            rmdir(self, os.path.join(self.package_folder, "lib", folder))
        rmdir(self, os.path.join(self.package_folder, "share"))

    def package_info(self):
        self.cpp_info.libs = ["dedup"]
        self.cpp_info.set_property("cmake_file_name", "dedup")
        self.cpp_info.set_property("cmake_target_name", "dedup::dedup")
        self.cpp_info.set_property("pkg_config_name", "dedup")
        if self.options.shared:
            self.cpp_info.defines = ["DEDUP_SHARED"]
        if self.settings.os in ("Linux", "FreeBSD"):
            self.cpp_info.system_libs = ["pthread"]
