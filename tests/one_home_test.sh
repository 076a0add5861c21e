#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tests/one_home.py finds what it should, and nothing else.
set -eu
lint="$(cd "$(dirname "$0")" && pwd)/one_home.py"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The code of a second file beside one that has a predicate and a sign: fine, or a fault.
expect() {
  verdict=$1
  printf '%s\n' "$2" > "$folder/second.cc"
  cat > "$folder/first.h" <<'CODE'
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool holds(int number) { return number > 0; }
constexpr std::string_view kMark = "\xEF\xBB\xBF";
CODE
  if python3 -B "$lint" "$folder" > "$folder/out"; then found=fine; else found=fault; fi
  if [ "$found" != "$verdict" ]; then
    echo "expected $verdict of: $2"
    cat "$folder/out"
    exit 1
  fi
}

expect fine 'bool use() { return is_digit(c); }'
expect fine 'bool is_digit(char c);'
expect fine '// bool is_digit(char c) { return true; }'
expect fine 'bool is_digit(const Block& block) { return true; }'
expect fine 'bool is_number(char32_t c) { return true; }'
expect fault 'bool is_digit(char32_t c) { return true; }'
expect fault 'class A { static bool is_digit(std::string_view text) { return true; } };'
expect fault 'void f() { const auto is_digit = [](char16_t unit) { return true; }; }'
expect fault 'constexpr std::string_view kOther = "\xEF\xBB\xBF";'
expect fault 'if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);'
printf 'bool is_digit(char c) { return true; }\n' > "$folder/first.cc"
expect fine ''
