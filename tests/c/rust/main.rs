// SPDX-License-Identifier: Apache-2.0
// Cleans three pages, of which the last repeats the first, through the C face.
use std::ffi::{c_char, c_void};
use std::ptr::{null, null_mut};

#[repr(C)]
#[derive(Clone, Copy)]
struct Bytes { data: *const c_char, size: usize }
#[repr(C)]
struct Page { size: usize, bytes: Bytes, url: Bytes, name: Bytes, content_type: Bytes }

#[link(name = "dedup")]
extern "C" {
    fn dedup_cleaner_new(options: *const c_void, index: *mut c_void, cleaner: *mut *mut c_void) -> i32;
    fn dedup_cleaner_free(cleaner: *mut c_void);
    fn dedup_clean(cleaner: *mut c_void, page: *const Page, cleaned: *mut *mut c_void) -> i32;
    fn dedup_cleaned_text(cleaned: *const c_void) -> Bytes;
    fn dedup_cleaned_duplicate(cleaned: *const c_void, earlier: *mut c_void) -> i32;
    fn dedup_cleaned_free(cleaned: *mut c_void);
}

fn bytes(text: &str) -> Bytes { Bytes { data: text.as_ptr().cast(), size: text.len() } }

fn main() {
    let story = "漁港的清晨總是從燈塔熄滅的那一刻開始，船一條接一條靠上碼頭，魚販們蹲在筐邊挑揀，\
                 海鷗落在屋脊上等著，賣豆漿的婦人推著車沿街叫賣，孩子們背著書包從巷口跑出來，\
                 石階被露水打得發亮，老人把昨夜補好的網一張張掛上竹竿，等太陽翻過防波堤。\n";
    let pages = [format!("{story}責任編輯：林小滿\n"), "第二頁。\n".to_string(), story.to_string()];
    let mut cleaner = null_mut();
    assert_eq!(unsafe { dedup_cleaner_new(null(), null_mut(), &mut cleaner) }, 0);
    for (number, text) in pages.iter().enumerate() {
        let page = Page { size: std::mem::size_of::<Page>(), bytes: bytes(text), url: bytes(""), name: bytes(""),
                          content_type: bytes("") };
        let mut cleaned = null_mut();
        assert_eq!(unsafe { dedup_clean(cleaner, &page, &mut cleaned) }, 0);
        let (size, repeats) = unsafe { (dedup_cleaned_text(cleaned).size, dedup_cleaned_duplicate(cleaned, null_mut())) };
        println!("page {number}: {size} of {} bytes, repeats an earlier one: {repeats}", text.len());
        unsafe { dedup_cleaned_free(cleaned) };
    }
    unsafe { dedup_cleaner_free(cleaner) };
}
