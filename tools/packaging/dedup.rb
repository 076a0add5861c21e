# SPDX-License-Identifier: Apache-2.0
#
# Homebrew's recipe: the command and the shared library, of a release's tarball, on Linux; files are
# replaced by means that macOS has not.
#
# At a release: `url`, and `sha256` as tools/packaging/tarball says it. The digest of the table is
# that of Debian's copy, which calls itself version 15.0.0.
#
# Tried: `ruby -c`, and the options of CMake on Debian 12. Not tried: brew itself, its compilers and
# its versions of the libraries. Where its OpenCC is without opencc/MarisaDict.hpp, --script is
# refused.
class Dedup < Formula
  desc "Turns scraped Chinese text into clean text"
  homepage "https://example.org/dedup"
  url "https://example.org/dedup/releases/dedup-0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "Apache-2.0"

  depends_on "cli11" => :build
  depends_on "cmake" => :build
  depends_on "ninja" => :build
  depends_on "xxhash" => :build # its header alone
  depends_on "icu4c"
  depends_on :linux
  depends_on "opencc"
  depends_on "simdjson"
  depends_on "xz"
  depends_on "zlib"
  depends_on "zstd"

  resource "ideographs" do
    url "https://www.unicode.org/Public/15.0.0/ucd/EquivalentUnifiedIdeograph.txt"
    sha256 "f2e04bae8c856fad3a16353a99d4cc2de6c72770260379f5e4974a97548aad2a"
  end

  def install
    (buildpath/"unicode").install resource("ideographs")
    args = %W[
      -DBUILD_SHARED_LIBS=ON
      -DBUILD_TESTING=OFF
      -DDEDUP_EQUIVALENT_IDEOGRAPHS=#{buildpath}/unicode/EquivalentUnifiedIdeograph.txt
    ]
    system "cmake", "-S", ".", "-B", "build", "-G", "Ninja", *args, *std_cmake_args
    system "cmake", "--build", "build"
    system "cmake", "--install", "build"
  end

  test do
    (testpath/"page.txt").write "夜遊&amp;露營\n"
    assert_equal "夜遊&露營\n", shell_output("#{bin}/dedup page.txt")
  end
end
