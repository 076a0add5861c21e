// SPDX-License-Identifier: Apache-2.0

// Cleans three pages, of which the last repeats the first, through the C face.
package main

// #cgo pkg-config: dedup
// #include <stdlib.h>
// #include <dedup/c.h>
import "C"

import (
	"fmt"
	"os"
	"unsafe"
)

const story = "漁港的清晨總是從燈塔熄滅的那一刻開始，船一條接一條靠上碼頭，魚販們蹲在筐邊挑揀，" +
	"海鷗落在屋脊上等著，賣豆漿的婦人推著車沿街叫賣，孩子們背著書包從巷口跑出來，" +
	"石階被露水打得發亮，老人把昨夜補好的網一張張掛上竹竿，等太陽翻過防波堤。\n"

func main() {
	var cleaner *C.dedup_cleaner
	defer func() { C.dedup_cleaner_free(cleaner) }()
	if C.dedup_cleaner_new(nil, nil, &cleaner) != C.DEDUP_OK {
		fmt.Fprintln(os.Stderr, C.GoString(C.dedup_cleaner_message(cleaner)))
		os.Exit(1)
	}
	for number, text := range []string{story + "責任編輯：林小滿\n", "第二頁。\n", story} {
		bytes := C.CString(text)
		page := (*C.dedup_page)(C.calloc(1, C.sizeof_dedup_page)) // Go may not hand over pointers in its own memory
		page.size = C.sizeof_dedup_page
		page.bytes = C.dedup_bytes{bytes, C.size_t(len(text))}
		var cleaned *C.dedup_cleaned
		if C.dedup_clean(cleaner, page, &cleaned) != C.DEDUP_OK {
			fmt.Fprintln(os.Stderr, C.GoString(C.dedup_cleaner_message(cleaner)))
			os.Exit(1)
		}
		clean := C.dedup_cleaned_text(cleaned)
		fmt.Printf("page %d: %d of %d bytes, repeats an earlier one: %d\n", number, int(clean.size), len(text),
			int(C.dedup_cleaned_duplicate(cleaned, nil)))
		C.dedup_cleaned_free(cleaned)
		C.free(unsafe.Pointer(page))
		C.free(unsafe.Pointer(bytes))
	}
}
