# SPDX-License-Identifier: Apache-2.0
# What doxygen reads in place of a header; lines keep their numbers.
#
# The licence line, and with it the comment at the head, become that of the file.
1s|.*|/// @file|
2,/^[^/]|^$/s|^//( ?)|///\1|
# What is indented is set as it is written; doxygen takes that from four columns on.
s|^( *///)   ( *[^ ])|\1       \2|
