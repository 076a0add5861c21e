// SPDX-License-Identifier: Apache-2.0
// The C face, called from C: each function, each code, and structs of callers that know less or
// more than the library.
#define _POSIX_C_SOURCE 200809L  // mkdtemp
#include <dedup/c.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int failures = 0;
#define CHECK(what)                                        \
  do {                                                     \
    if (!(what)) {                                         \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #what); \
      ++failures;                                          \
    }                                                      \
  } while (0)

static const char kStory[] =
    "漁港的清晨總是從燈塔熄滅的那一刻開始，船一條接一條靠上碼頭，魚販們蹲在筐邊挑揀，海鷗落在屋脊上等著，"
    "賣豆漿的婦人推著車沿街叫賣，孩子們背著書包從巷口跑出來。\n"
    "船老大說，今年的水比往年冷，魚來得晚，網卻要下得更深；年輕人聽了只是笑，說手機上的風浪圖早就講過這些，"
    "老人搖搖頭，把纜繩又緊了一圈。\n";
static const char kByline[] = "責任編輯：林小滿\n";

static dedup_bytes of(const char* text) {
  dedup_bytes bytes = {text, strlen(text)};
  return bytes;
}
static int is(dedup_bytes bytes, const char* text) {
  return bytes.size == strlen(text) && memcmp(bytes.data, text, bytes.size) == 0;
}
static dedup_page page_of(const char* text, const char* name) {
  dedup_page page = {.size = sizeof page, .bytes = of(text), .name = of(name)};
  return page;
}

static void check_values(void) {
  dedup_cleaner* cleaner = NULL;
  CHECK(dedup_cleaner_new(NULL, NULL, &cleaner) == DEDUP_OK);
  char text[2048];
  snprintf(text, sizeof text, "%s%s", kStory, kByline);
  dedup_page page = page_of(text, "a");
  dedup_cleaned* cleaned = NULL;
  CHECK(dedup_clean(cleaner, &page, &cleaned) == DEDUP_OK);
  CHECK(is(dedup_cleaned_text(cleaned), kStory));
  CHECK(dedup_cleaned_document(cleaned) == 0);
  CHECK(dedup_cleaned_duplicate(cleaned, NULL) == 0);
  CHECK(is(dedup_cleaned_encoding(cleaned), "UTF-8"));
  CHECK(dedup_cleaned_whole(cleaned) == 1);
  CHECK(dedup_cleaned_edits(cleaned) == 1);
  dedup_edit edit = {.size = sizeof edit};
  CHECK(dedup_cleaned_edit(cleaned, 0, &edit) == DEDUP_OK);
  CHECK(edit.line == 2 && edit.start == strlen(kStory) && edit.end == strlen(text));
  CHECK(is(edit.text, kByline) && edit.replacement.size == 0);
  CHECK(edit.reason == DEDUP_BOILERPLATE && edit.has_first == 0 && isnan(edit.similarity));
  CHECK(edit.rule.size > 0);
  CHECK(dedup_cleaned_edit(cleaned, 1, &edit) == DEDUP_INVALID_OPTION);
  dedup_stats stats = {.size = sizeof stats};
  CHECK(dedup_cleaned_stats(cleaned, &stats) == DEDUP_OK);
  CHECK(stats.documents == 1 && stats.removed_items[DEDUP_BOILERPLATE] == 1 &&
        stats.removed_bytes[DEDUP_BOILERPLATE] == strlen(kByline));
  dedup_cleaned_free(cleaned);

  page = page_of(kStory, "b");
  CHECK(dedup_clean(cleaner, &page, &cleaned) == DEDUP_OK);
  dedup_earlier earlier = {.size = sizeof earlier};
  CHECK(dedup_cleaned_duplicate(cleaned, &earlier) == 1);
  CHECK(earlier.document == 0 && is(earlier.name, "a") && earlier.similarity == 1);
  CHECK(dedup_cleaned_text(cleaned).size == 0);
  dedup_cleaned_free(cleaned);

  CHECK(dedup_cleaner_stats(cleaner, &stats) == DEDUP_OK && stats.documents == 2);
  dedup_cleaner_free(cleaner);
}

static void check_html(void) {
  dedup_cleaner* cleaner = NULL;
  CHECK(dedup_cleaner_new(NULL, NULL, &cleaner) == DEDUP_OK);
  dedup_page page = page_of(
      "<html lang=zh-TW><head><title>夜遊</title><meta name=author content=林小滿></head>"
      "<body><p>海洋館開放夜遊，每晚限二百人。</p></body></html>", "");
  page.url = of("https://example.org/1");
  dedup_cleaned* cleaned = NULL;
  CHECK(dedup_clean(cleaner, &page, &cleaned) == DEDUP_OK);
  CHECK(is(dedup_cleaned_fact(cleaned, DEDUP_FACT_TITLE), "夜遊"));
  CHECK(is(dedup_cleaned_fact(cleaned, DEDUP_FACT_AUTHOR), "林小滿"));
  CHECK(is(dedup_cleaned_fact(cleaned, DEDUP_FACT_LANGUAGE), "zh-TW"));
  CHECK(dedup_cleaned_fact(cleaned, DEDUP_FACT_DATE).size == 0);
  CHECK(dedup_cleaned_fact(cleaned, 99).size == 0 && dedup_cleaned_fact(cleaned, -1).size == 0);
  CHECK(is(dedup_cleaned_text(cleaned), "海洋館開放夜遊，每晚限二百人。\n"));
  dedup_cleaned_free(cleaned);
  dedup_cleaner_free(cleaner);
}

struct heard {
  char text[4096];
  size_t size;
  int calls;
  int stop_at;  // the call that wants no more; 0: none
  int ended;
};
static int32_t answer(struct heard* heard) { return ++heard->calls == heard->stop_at ? 1 : 0; }
static int32_t on_begin(void* user, uint64_t document, dedup_bytes name) {
  CHECK(document == 0 && is(name, "甲"));
  return answer(user);
}
static int32_t on_kept(void* user, dedup_bytes text) {
  struct heard* heard = user;
  CHECK(heard->size + text.size < sizeof heard->text);
  memcpy(heard->text + heard->size, text.data, text.size);
  heard->size += text.size;
  return answer(heard);
}
static int32_t on_edit(void* user, const dedup_edit* edit) {
  CHECK(edit->size == sizeof *edit && is(edit->text, kByline));
  return answer(user);
}
static int32_t on_end(void* user, const dedup_stats* stats) {
  struct heard* heard = user;
  CHECK(stats->documents == 1);
  heard->ended = 1;
  return 0;
}

/// A document in pieces of three bytes, to the end; returns the last code.
static dedup_code tell(struct heard* heard) {
  dedup_cleaner* cleaner = NULL;
  CHECK(dedup_cleaner_new(NULL, NULL, &cleaner) == DEDUP_OK);
  dedup_sink sink = {sizeof sink, heard, on_begin, on_kept, on_edit, on_end};
  dedup_page about = page_of("", "甲");
  CHECK(dedup_begin(cleaner, &sink, &about) == DEDUP_OK);
  char text[2048];
  snprintf(text, sizeof text, "%s%s", kByline, kStory);
  for (const char* at = text; *at != '\0';) {
    dedup_bytes piece = {at, strlen(at) < 3 ? strlen(at) : 3};
    CHECK(dedup_feed(cleaner, piece) == DEDUP_OK);
    at += piece.size;
  }
  const dedup_code code = dedup_end(cleaner);
  dedup_stats stats = {.size = sizeof stats};
  CHECK(dedup_cleaner_stats(cleaner, &stats) == DEDUP_OK && stats.documents == 1);
  dedup_cleaner_free(cleaner);
  return code;
}

static void check_callbacks(void) {
  struct heard whole = {.stop_at = 0};
  CHECK(tell(&whole) == DEDUP_OK);
  CHECK(whole.size == strlen(kStory) && memcmp(whole.text, kStory, whole.size) == 0);
  CHECK(whole.ended == 1);
  for (int stop_at = 1; stop_at <= whole.calls; ++stop_at) {
    struct heard part = {.stop_at = stop_at};
    CHECK(tell(&part) == DEDUP_STOPPED);
    CHECK(part.calls == stop_at);
  }
  dedup_cleaner* cleaner = NULL;
  CHECK(dedup_cleaner_new(NULL, NULL, &cleaner) == DEDUP_OK);
  dedup_sink deaf = {.size = sizeof deaf};
  CHECK(dedup_begin(cleaner, &deaf, NULL) == DEDUP_OK);
  CHECK(dedup_feed(cleaner, of(kStory)) == DEDUP_OK);
  CHECK(dedup_abandon(cleaner) == DEDUP_OK);
  CHECK(dedup_begin(cleaner, &deaf, NULL) == DEDUP_OK);
  CHECK(dedup_end(cleaner) == DEDUP_OK);
  dedup_cleaner_free(cleaner);
}

static dedup_code code_of(const dedup_options* options, const char* says) {
  dedup_cleaner* cleaner = NULL;
  const dedup_code code = dedup_cleaner_new(options, NULL, &cleaner);
  CHECK(cleaner != NULL);
  CHECK(strstr(dedup_cleaner_message(cleaner), says) != NULL);
  if (code != DEDUP_OK) {  // it is good for its message alone, and says so
    dedup_page page = page_of(kStory, "");
    dedup_cleaned* cleaned = NULL;
    CHECK(dedup_clean(cleaner, &page, &cleaned) == DEDUP_MISUSE && cleaned == NULL);
  }
  dedup_cleaner_free(cleaner);
  return code;
}

static void check_codes(void) {
  dedup_options options;
  dedup_options_init(&options, sizeof options);
  CHECK(code_of(&options, "") == DEDUP_OK);
  options.near_threshold = 2;
  CHECK(code_of(&options, "near_threshold") == DEDUP_INVALID_OPTION);
  dedup_options_init(&options, sizeof options);
  options.scope = 3;
  CHECK(code_of(&options, "scope has no choice 3") == DEDUP_INVALID_OPTION);
  options.scope = DEDUP_SCOPE_WIDE;
  options.runs = -1;
  CHECK(code_of(&options, "runs has no choice -1") == DEDUP_INVALID_OPTION);
  options.runs = 0;
  options.encoding = of("no-such-charset");
  CHECK(code_of(&options, "no-such-charset") == DEDUP_INVALID_OPTION);
  options.encoding = of("gbk");
  options.boilerplate_rules = of("nonsense");
  CHECK(code_of(&options, "line 1") == DEDUP_FORMAT);
  options.boilerplate_rules = of("");
  options.boilerplate_model = of("no model");
  CHECK(code_of(&options, "") == DEDUP_FORMAT);
  options.boilerplate_model = of("");
  options.boilerplate_model.data = NULL;
  options.boilerplate_without = of("byline, nothing");
  CHECK(code_of(&options, "nothing") == DEDUP_INVALID_OPTION);
  options.boilerplate_without = of("byline,, disclaimer ");
  CHECK(code_of(&options, "") == DEDUP_OK);
  options.memory = 1 << 26;
  CHECK(code_of(&options, "scratch") == DEDUP_INVALID_OPTION);
  options.scratch = of("/tmp");
  CHECK(code_of(&options, "") == DEDUP_OK);

  dedup_cleaner* cleaner = NULL;
  CHECK(dedup_cleaner_new(NULL, NULL, &cleaner) == DEDUP_OK);
  CHECK(dedup_feed(cleaner, of("天")) == DEDUP_MISUSE);
  CHECK(strstr(dedup_cleaner_message(cleaner), "feed() without begin()") != NULL);
  CHECK(dedup_end(cleaner) == DEDUP_MISUSE && dedup_abandon(cleaner) == DEDUP_MISUSE);
  CHECK(dedup_begin(cleaner, NULL, NULL) == DEDUP_INVALID_OPTION);
  dedup_sink deaf = {.size = sizeof deaf};
  CHECK(dedup_begin(cleaner, &deaf, NULL) == DEDUP_OK);
  CHECK(strcmp(dedup_cleaner_message(cleaner), "") == 0);
  CHECK(dedup_begin(cleaner, &deaf, NULL) == DEDUP_MISUSE);
  CHECK(dedup_end(cleaner) == DEDUP_OK);
  dedup_cleaner_free(cleaner);
  dedup_cleaner_free(NULL);
  dedup_index_free(NULL);
  dedup_cleaned_free(NULL);
}

/// Structs of another size than the library's: what an older or a newer caller has.
static void check_sizes(void) {
  struct {
    dedup_options known;
    uint64_t more;
  } newer;
  memset(&newer, 0xEE, sizeof newer);
  dedup_options_init(&newer.known, sizeof newer);
  CHECK(code_of(&newer.known, "") == DEDUP_OK);
  newer.more = 1;
  CHECK(code_of(&newer.known, "a later library") == DEDUP_INVALID_OPTION);

  union {
    dedup_options options;
    unsigned char bytes[sizeof(dedup_options)];
  } older;
  memset(&older, 0xEE, sizeof older);
  const size_t size = offsetof(dedup_options, runs);
  dedup_options_init(&older.options, size);
  CHECK(older.bytes[size] == 0xEE && older.options.documents == DEDUP_COMPARE_EXACT);
  CHECK(code_of(&older.options, "") == DEDUP_OK);  // what lies behind has its default
  older.options.size = 0;
  CHECK(code_of(&older.options, "size is not set") == DEDUP_INVALID_OPTION);

  dedup_cleaner* cleaner = NULL;
  CHECK(dedup_cleaner_new(NULL, NULL, &cleaner) == DEDUP_OK);
  union {
    dedup_stats stats;
    unsigned char bytes[sizeof(dedup_stats)];
  } counts;
  memset(&counts, 0xEE, sizeof counts);
  counts.stats.size = offsetof(dedup_stats, input_bytes);
  CHECK(dedup_cleaner_stats(cleaner, &counts.stats) == DEDUP_OK);
  CHECK(counts.stats.documents == 0 && counts.bytes[counts.stats.size] == 0xEE);
  counts.stats.size = 0;
  CHECK(dedup_cleaner_stats(cleaner, &counts.stats) == DEDUP_INVALID_OPTION);
  dedup_cleaner_free(cleaner);
}

static void check_index(void) {
  dedup_index_options options;
  dedup_index_options_init(&options, sizeof options);
  CHECK(options.places == 1 && options.names == 1 && options.near_threshold == 0.8);
  options.near_threshold = 0;
  dedup_index* index = NULL;
  CHECK(dedup_index_new(&options, &index) == DEDUP_INVALID_OPTION);
  CHECK(strstr(dedup_index_message(index), "near_threshold") != NULL);
  dedup_cleaner* none = NULL;
  CHECK(dedup_cleaner_new(NULL, index, &none) == DEDUP_INVALID_OPTION);
  dedup_cleaner_free(none);
  dedup_index_free(index);

  CHECK(dedup_index_new(NULL, &index) == DEDUP_OK);
  dedup_cleaner* cleaners[2];
  for (int i = 0; i < 2; ++i) {
    CHECK(dedup_cleaner_new(NULL, index, &cleaners[i]) == DEDUP_OK);
    dedup_page page = page_of(kStory, i == 0 ? "甲" : "乙");
    dedup_cleaned* cleaned = NULL;
    CHECK(dedup_clean(cleaners[i], &page, &cleaned) == DEDUP_OK);
    CHECK(dedup_cleaned_duplicate(cleaned, NULL) == i);
    dedup_cleaned_free(cleaned);
  }
  CHECK(dedup_index_documents(index) == 2);
  char name[4];
  CHECK(dedup_index_name(index, 1, name, sizeof name) == strlen("乙"));
  CHECK(memcmp(name, "乙", strlen("乙")) == 0);
  CHECK(dedup_index_name(index, 1, NULL, 0) == strlen("乙"));
  CHECK(dedup_index_name(index, 7, name, sizeof name) == 0);
  for (int i = 0; i < 2; ++i) dedup_cleaner_free(cleaners[i]);
  dedup_index_free(index);
}

/// What one run has seen the next one knows.
static void check_index_file(void) {
  char folder[] = "/tmp/dedup-face-XXXXXX";
  CHECK(mkdtemp(folder) != NULL);
  char path[64];
  snprintf(path, sizeof path, "%s/seen", folder);
  dedup_index_file_options options;
  dedup_index_file_options_init(&options, sizeof options);
  CHECK(options.commit_documents == 10000 && options.commit_seconds == 5);
  options.read_only = 1;
  dedup_index* index = NULL;
  CHECK(dedup_index_open(path, &options, &index) == DEDUP_INDEX);
  CHECK(strstr(dedup_index_message(index), "No such file") != NULL);
  CHECK(dedup_index_commit(index, NULL) == DEDUP_MISUSE);
  dedup_index_free(index);
  CHECK(dedup_index_open(NULL, NULL, &index) == DEDUP_INVALID_OPTION);
  dedup_index_free(index);
  for (int run = 0; run < 2; ++run) {
    CHECK(dedup_index_open(path, NULL, &index) == DEDUP_OK);
    dedup_index* second = NULL;
    CHECK(dedup_index_open(path, NULL, &second) == DEDUP_INDEX);
    dedup_index_free(second);
    dedup_cleaner* cleaner = NULL;
    CHECK(dedup_cleaner_new(NULL, index, &cleaner) == DEDUP_OK);
    dedup_page page = page_of(kStory, "甲");
    dedup_cleaned* cleaned = NULL;
    CHECK(dedup_clean(cleaner, &page, &cleaned) == DEDUP_OK);
    CHECK(dedup_cleaned_duplicate(cleaned, NULL) == run);
    dedup_cleaned_free(cleaned);
    uint64_t documents = 0;
    CHECK(dedup_index_commit(index, &documents) == DEDUP_OK);
    CHECK(documents == (uint64_t)run + 1);
    dedup_cleaner_free(cleaner);
    dedup_index_free(index);
  }
  CHECK(remove(path) == 0 && rmdir(folder) == 0);
}

static void check_learner(void) {
  static const char kFrame[] = "晨星商城歡迎您來選購本月的新品與特價商品\n";
  dedup_learn_options options;
  dedup_learn_options_init(&options, sizeof options);
  CHECK(options.min_documents == 5 && options.max_keys == 10000000 && options.memory == 0);
  options.min_documents = 1;
  dedup_learner* learner = NULL;
  CHECK(dedup_learner_new(&options, &learner) == DEDUP_INVALID_OPTION);
  CHECK(strstr(dedup_learner_message(learner), "min_documents") != NULL);
  dedup_page page = page_of(kFrame, "a");
  dedup_bytes model = {NULL, 0};
  CHECK(dedup_learn(learner, &page) == DEDUP_MISUSE);
  CHECK(dedup_learner_model(learner, &model) == DEDUP_MISUSE && model.data == NULL);
  dedup_learner_free(learner);
  dedup_learner_free(NULL);
  options.min_documents = UINT64_MAX;
  CHECK(dedup_learner_new(&options, &learner) == DEDUP_INVALID_OPTION);
  dedup_learner_free(learner);
  options.size = sizeof options.size + 1;  // of a caller who knows none of it
  CHECK(dedup_learner_new(&options, &learner) == DEDUP_OK);
  dedup_learner_free(learner);

  dedup_learn_options_init(&options, sizeof options);
  options.min_documents = 2;
  CHECK(dedup_learner_new(&options, &learner) == DEDUP_OK);
  char text[4096];
  for (int number = 0; number < 3; ++number) {
    snprintf(text, sizeof text, "%s第%d件商品的說明在這裡，買的人都說好用。\n", kFrame, number);
    page = page_of(text, "");
    page.url = of("https://shop.example/");
    CHECK(dedup_learn(learner, &page) == DEDUP_OK);
  }
  CHECK(dedup_learner_model(learner, &model) == DEDUP_OK && model.size > 0);
  dedup_options with;
  dedup_options_init(&with, sizeof with);
  with.boilerplate_model = model;
  dedup_cleaner* cleaner = NULL;
  CHECK(dedup_cleaner_new(&with, NULL, &cleaner) == DEDUP_OK);
  dedup_learner_free(learner);  // the cleaner has what it needs
  snprintf(text, sizeof text, "%s%s", kFrame, kStory);
  page = page_of(text, "");
  page.url = of("https://shop.example/9");
  dedup_cleaned* cleaned = NULL;
  CHECK(dedup_clean(cleaner, &page, &cleaned) == DEDUP_OK);
  CHECK(is(dedup_cleaned_text(cleaned), kStory));
  dedup_cleaned_free(cleaned);
  dedup_cleaner_free(cleaner);
}

int main(void) {
  CHECK(dedup_c_abi() == DEDUP_C_ABI);
  CHECK(strchr(dedup_version(), '.') != NULL);
  CHECK(strcmp(dedup_reason_name(DEDUP_REPEATED_BLOCK), "repeated-block") == 0);
  CHECK(strcmp(dedup_reason_name(-1), "") == 0 && strcmp(dedup_reason_name(8), "") == 0);
  check_values();
  check_html();
  check_callbacks();
  check_codes();
  check_sizes();
  check_index();
  check_index_file();
  check_learner();
  if (failures > 0) return 1;
  puts("the C face: all as it says");
  return 0;
}
