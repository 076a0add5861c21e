# SPDX-License-Identifier: Apache-2.0
#
# The vcpkg port, with vcpkg.json beside it: the library, of a release's tarball, without the
# command and without OpenCC, whose dictionaries are looked for where they lay when it was built.
#
# At a release: the address, and SHA512 as tools/packaging/tarball says it. The digest of the table
# is that of Debian's copy, which calls itself version 15.0.0.
#
# Tried: the options of CMake on Debian 12, and that the JSON is such. Not tried: vcpkg itself, and
# its versions of the libraries.
vcpkg_download_distfile(archive
  URLS "https://example.org/dedup/releases/dedup-${VERSION}.tar.gz"
  FILENAME "dedup-${VERSION}.tar.gz"
  SHA512 0)
vcpkg_extract_source_archive(source ARCHIVE "${archive}")
string(CONCAT ideographs_digest
  fa1880324c315f57926dfd136246992fabac69250110dd046b8ad077c3a7f11a
  1489cd850ac009f936e7f9fa7c8fcf2618d7ef81562ead49c8ca925137b09767)
vcpkg_download_distfile(ideographs
  URLS "https://www.unicode.org/Public/15.0.0/ucd/EquivalentUnifiedIdeograph.txt"
  FILENAME "EquivalentUnifiedIdeograph-15.0.0.txt"
  SHA512 ${ideographs_digest})

vcpkg_cmake_configure(
  SOURCE_PATH "${source}"
  OPTIONS
    -DBUILD_TESTING=OFF
    -DDEDUP_TOOL=OFF
    -DDEDUP_OPENCC=OFF
    "-DDEDUP_EQUIVALENT_IDEOGRAPHS=${ideographs}")
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/dedup)
vcpkg_fixup_pkgconfig()
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include" "${CURRENT_PACKAGES_DIR}/debug/share")
vcpkg_install_copyright(FILE_LIST "${source}/LICENSE")
