// SPDX-License-Identifier: Apache-2.0
import java.nio.charset.StandardCharsets;

/** Cleans three pages, of which the last repeats the first, through the C face. */
public class Pages {
  static { System.loadLibrary("pages"); }  // pages.c, between Java and the library

  static native long open();
  /** The clean text; null for a page that repeats an earlier one. */
  static native byte[] clean(long cleaner, byte[] page);
  static native void close(long cleaner);

  static final String STORY =
      "漁港的清晨總是從燈塔熄滅的那一刻開始，船一條接一條靠上碼頭，魚販們蹲在筐邊挑揀，"
          + "海鷗落在屋脊上等著，賣豆漿的婦人推著車沿街叫賣，孩子們背著書包從巷口跑出來，"
          + "石階被露水打得發亮，老人把昨夜補好的網一張張掛上竹竿，等太陽翻過防波堤。\n";

  public static void main(String[] arguments) {
    long cleaner = open();
    String[] pages = {STORY + "責任編輯：林小滿\n", "第二頁。\n", STORY};
    for (int number = 0; number < pages.length; ++number) {
      byte[] page = pages[number].getBytes(StandardCharsets.UTF_8);
      byte[] text = clean(cleaner, page);
      System.out.printf("page %d: %d of %d bytes, repeats an earlier one: %d%n", number,
          text == null ? 0 : text.length, page.length, text == null ? 1 : 0);
    }
    close(cleaner);
  }
}
