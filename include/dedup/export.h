// SPDX-License-Identifier: Apache-2.0
// Which names a shared library gives to its users: those that carry DEDUP_EXPORT, and no others.
#pragma once

/// Stands before each class and function of the face. Empty in a static library, so that a program
/// or plug-in that holds one does not give its names on; where the library is a shared one, its
/// CMake target and its dedup.pc define DEDUP_SHARED.
#ifdef DEDUP_SHARED
#define DEDUP_EXPORT __attribute__((visibility("default")))
#else
#define DEDUP_EXPORT
#endif

/// What a class that is exported keeps to itself: what is nested in it would be exported as well.
#define DEDUP_LOCAL __attribute__((visibility("hidden")))
