// SPDX-License-Identifier: Apache-2.0
#include <dedup/c.h>

#include "Pages.h"

static void fail(JNIEnv* java, const char* message) {
  (*java)->ThrowNew(java, (*java)->FindClass(java, "java/lang/IllegalStateException"), message);
}

JNIEXPORT jlong JNICALL Java_Pages_open(JNIEnv* java, jclass self) {
  (void)self;
  dedup_cleaner* cleaner = NULL;
  if (dedup_cleaner_new(NULL, NULL, &cleaner) != DEDUP_OK) {
    fail(java, dedup_cleaner_message(cleaner));
    dedup_cleaner_free(cleaner);
    return 0;
  }
  return (jlong)(intptr_t)cleaner;
}

JNIEXPORT jbyteArray JNICALL Java_Pages_clean(JNIEnv* java, jclass self, jlong handle,
                                              jbyteArray bytes) {
  (void)self;
  dedup_cleaner* cleaner = (dedup_cleaner*)(intptr_t)handle;
  jbyte* data = (*java)->GetByteArrayElements(java, bytes, NULL);
  dedup_page page = {.size = sizeof page};
  page.bytes.data = (const char*)data;
  page.bytes.size = (size_t)(*java)->GetArrayLength(java, bytes);
  dedup_cleaned* cleaned = NULL;
  const dedup_code code = dedup_clean(cleaner, &page, &cleaned);
  (*java)->ReleaseByteArrayElements(java, bytes, data, JNI_ABORT);
  if (code != DEDUP_OK) {
    fail(java, dedup_cleaner_message(cleaner));
    return NULL;
  }
  jbyteArray result = NULL;
  if (!dedup_cleaned_duplicate(cleaned, NULL)) {
    const dedup_bytes text = dedup_cleaned_text(cleaned);
    result = (*java)->NewByteArray(java, (jsize)text.size);
    if (result != NULL) {
      (*java)->SetByteArrayRegion(java, result, 0, (jsize)text.size, (const jbyte*)text.data);
    }
  }
  dedup_cleaned_free(cleaned);
  return result;
}

JNIEXPORT void JNICALL Java_Pages_close(JNIEnv* java, jclass self, jlong handle) {
  (void)java;
  (void)self;
  dedup_cleaner_free((dedup_cleaner*)(intptr_t)handle);
}
