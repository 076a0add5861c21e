// SPDX-License-Identifier: Apache-2.0
// What the table of options says in English, in the words that a Chinese user of a shell expects:
// short clauses without a full stop, values in brackets at the end, names of options and files as
// they are typed. A test asks that each option and each example of the short help has a text here,
// and the list in README.zh.md is made of it.
#include "manual/chinese.h"

#include <algorithm>
#include <iterator>

namespace dedup::tool {
namespace {

constexpr ChineseHelp kHelps[] = {
    {"", "清理抓取来的中文文本：去掉重复的和属于网站的内容，修复抓取留下的脏东西。",
     "全部选项见 dedup --help（英文）。另见 dedup restore、learn、diff、index、shard 各自的 -h。"},
    {"restore", "由清理后的文本和 --removed 的清单写出解码后的原文。",
     "详见 dedup restore --help（英文）。"},
    {"learn", "学习哪些内容属于网站而不属于文章，供 dedup --boilerplate-model=MODEL 使用。",
     "详见 dedup learn --help（英文）。"},
    {"diff", "给人看：dedup 去掉什么、改了什么，为什么。",
     "dedup 的选项也可以用。详见 dedup diff --help（英文）。"},
    {"index", "管理 --index 的文件：里面有什么，是否完好。", "详见 dedup index --help（英文）。"},
    {"shard", "把语料分成几份、在任意多台机器上清理，结果和一台机器清理的一样。",
     "dedup 的选项也可以用。详见 dedup shard --help（英文）。"},
};

/// What an option is for, for -h and the list in README.zh.md.
struct Summary {
  std::string_view command;
  std::string_view option;  ///< its name, else its letter
  std::string_view chinese;
};

/// In the order of the tables, so that whoever adds an option there finds its place here. Brackets
/// hold what stands where the option is not given.
constexpr Summary kSummaries[] = {
    {"", "recursive", "目录代表其下的所有文件"},
    {"", "files-from", "文件名列在 LIST 里，每行一个"},
    {"", "files0-from", "同上，但以 NUL 字节分隔"},
    {"", "format", "输入的格式 [看文件名和开头的字节]"},
    {"", "field", "JSONL 里放正文的字段，可以给几个 [text]"},
    {"", "markup", "字段里是纯文本还是 HTML [text]"},
    {"", "encoding", "文本的编码 [auto]"},
    {"", "document-separator", "纯文本里，内容是 LINE 的一行结束一篇文档"},
    {"", "boilerplate", "属于网站的内容 [HTML 用 page，其余用 rules]"},
    {"", "boilerplate-rules", "自己追加的规则"},
    {"", "boilerplate-model", "dedup learn 从一个网站学到的内容"},
    {"", "documents", "先前出现过的文档 [exact]"},
    {"", "paragraphs", "先前出现过的段落 [exact]"},
    {"", "near", "近似的文档和段落也算"},
    {"", "near-threshold", "相似度至少多少才算近似，0.5 到 1 [0.8]"},
    {"", "runs", "先前依次出现过的连续三段 [on；用了 --paragraphs=off 则为 off]"},
    {"", "sentences", "本文档里出现过的连续三句 [exact]"},
    {"", "scope", "只在每篇内部找重复，还是在全部输入里找 [corpus]"},
    {"", "keep", "相同的文档和段落留第一份，还是一份不留（要多读一遍输入）[first]"},
    {"", "min-block", "同一文档里，重复段落的最小长度 [40]"},
    {"", "min-block-across", "不同文档之间的最小长度 [60]"},
    {"", "repair", "控制字符、字符实体、多余的空格、注入的拼音等 [on]"},
    {"", "normalise", "把留下的文字写成 Unicode 的组合形式（NFC）[off]"},
    {"", "script", "把另一种字体的文档转换成简体或繁体 [keep]"},
    {"", "output", "写到 FILE：要么是旧的，要么是新的，不会只写一半"},
    {"", "in-place",
     "原地改写每个文件，随时要么是旧的要么是新的；给了 SUFFIX 就把旧的留作 FILE 加 SUFFIX"},
    {"", "replace-damaged", "即使没能全部解码，或者编码是猜的，也允许 -o 和 -i 改写读入的文件"},
    {"", "output-dir", "每个文件写到 DIR 下的相同路径；格式变了的，文件名后面加上 .txt 或 .jsonl"},
    {"", "removed", "列出去掉的内容，dedup restore 可以还原"},
    {"", "report", "生成一个可以翻看的 HTML 页面"},
    {"", "to", "每篇文档一条记录：url 或 name、title、text"},
    {"", "line-buffered", "每处理完一条记录就写出；纯文本则每读一段写一次"},
    {"", "verdicts", "JSONL 里，被去掉的记录也写一行"},
    {"", "drop-empty", "JSONL 里，正文什么都没剩下的记录不写"},
    {"", "stats", "在标准错误上写统计数字"},
    {"", "dry-run", "不写清理后的文本"},
    {"", "verbose", "每去掉一段写一行：在哪里，为什么"},
    {"", "quiet", "输入有损坏或被跳过时不说"},
    {"", "joblog", "用于 -iSUFFIX 或 --output-dir：每个文件做完了，在 FILE 里记一行 JSON"},
    {"", "resume", "照 --joblog 的记录接着做：做完的不再写，结果和一次做完相同"},
    {"", "index", "把见过的内容记在 PATH 里，下次运行还认得"},
    {"", "index-mode", "更新索引，还是只查不写 [update]"},
    {"", "index-wait", "别的进程正在写索引时，最多等几秒 [0]"},
    {"", "threads", "线程数，最多 1024 [0，即每个处理器一个]"},
    {"", "memory", "用来记住内容的内存，如 512M，或机器内存的 25% [50%]"},
    {"", "tmpdir",
     "内存放不下的，以及 --keep=none 要重读的标准输入和管道，放在这里 [$TMPDIR，否则 /tmp]"},
    {"", "progress", "在终端上显示进度 [auto]"},
    {"", "color", "-v 的颜色 [auto]"},
    {"", "h", "最常用的选项"},
    {"", "help", "全部说明"},
    {"", "version", "dedup、ICU、Unicode 和键配方的版本"},
    {"", "generate", "生成手册页、shell 补全或选项列表"},
    {"restore", "removed", "dedup --removed 写的清单"},
    {"restore", "name", "只还原这一个文件"},
    {"restore", "output", "写到 FILE，成功了才一步替换 [标准输出]"},
    {"restore", "h", "简短的说明"},
    {"restore", "help", "全部说明"},
    {"learn", "recursive", "目录代表其下的所有文件"},
    {"learn", "files-from", "文件名列在 LIST 里，每行一个"},
    {"learn", "files0-from", "同上，但以 NUL 字节分隔"},
    {"learn", "format", "text、html、jsonl 或 json [看文件名和开头的字节]"},
    {"learn", "field", "JSONL 里放正文的字段，可以给几个 [text]"},
    {"learn", "encoding", "文本的编码 [auto]"},
    {"learn", "min-documents", "至少在几篇文档里出现才算 [5]"},
    {"learn", "output", "写到 MODEL [标准输出]"},
    {"learn", "quiet", "输入有损坏或被跳过时不说"},
    {"learn", "memory", "计数用的内存 [50%]"},
    {"learn", "h", "简短的说明"},
    {"learn", "help", "全部说明"},
    {"diff", "removed", "看写下清单 LIST 的那次运行做了什么"},
    {"diff", "name", "只看那次运行的这一个文件"},
    {"diff", "context", "前后各显示几行不变的 [3]"},
    {"diff", "color", "auto：终端上有颜色，除非设了 $NO_COLOR [auto]"},
    {"diff", "no-pager", "直接写到终端，不用分页程序"},
    {"diff", "h", "简短的说明"},
    {"diff", "help", "全部说明"},
    {"index", "name", "忘掉叫这个名字的文档"},
    {"index", "before", "忘掉这一天之前见过的文档"},
    {"index", "output", "把导出的内容写到 FILE [标准输出]"},
    {"index", "json", "info 以 JSON 对象输出"},
    {"index", "h", "简短的说明"},
    {"index", "help", "全部说明"},
    {"shard", "secret", "32 字节，各份用同一个；有 --index 时用索引自己的"},
    {"shard", "range", "只读这一个文件的这些字节"},
    {"shard", "part", "settle、apply：这是第几份，从 0 数起"},
    {"shard", "first", "apply：shard first 写的文件"},
    {"shard", "of", "first：哪些键 [all]"},
    {"shard", "slice", "first：全部键分成 N 片，只做其中一片 [0/1]"},
    {"shard", "after", "settle：first --of=documents 写的文件"},
    {"shard", "output", "这一步的结果写到 FILE，成功了才一步替换 [标准输出]"},
    {"shard", "h", "简短的说明"},
    {"shard", "help", "全部说明"},
};

/// Remarks that no test asks for stay in English: those of examples that --help alone has.
struct Comment {
  std::string_view english;
  std::string_view chinese;
};

constexpr Comment kComments[] = {
    {"a page; without FILE, or with -, standard input", "一页；不给 FILE 或写 - 就读标准输入"},
    {"in its own place, safely", "安全地原地改写"},
    {"a stream of records, each one a document", "一串记录，每条是一篇文档"},
    {"many files, compared with one another", "许多文件，互相比较"},
    {"what would go, and why", "会去掉什么，为什么"},
    {"the clean text and the list", "清理后的文本和清单"},
    {"and back", "再还原"},
    {"the pages of a site", "一个网站的网页"},
    {"and one more of them", "再来一页"},
    {"with the options of dedup", "dedup 的选项都可以用"},
    {"what no run has seen before", "哪次运行都没见过的内容"},
    {"what is in it", "里面有什么"},
    {"each part, on any machine", "每一份，在哪台机器上都行"},
    {"all parts together, in their order", "各份放在一起，按它们的次序"},
    {"each part once more", "每一份再读一遍"},
    {"what that run did", "那次运行做了什么"},
};

}  // namespace

const ChineseHelp& chinese_help(const Manual& manual) {
  return *std::find_if(std::begin(kHelps), std::end(kHelps),
                       [&](const ChineseHelp& help) { return help.command == manual.name; });
}

std::string_view chinese_summary(const Manual& manual, const OptionEntry& option) noexcept {
  const std::string_view key =
      option.name.empty() ? std::string_view(&option.letter, 1) : option.name;
  for (const Summary& summary : kSummaries) {
    if (summary.command == manual.name && summary.option == key) return summary.chinese;
  }
  return {};
}

std::string_view chinese_comment(const Example& example) noexcept {
  for (const auto& [english, chinese] : kComments) {
    if (example.comment == english) return chinese;
  }
  return example.comment;
}

std::string_view chinese_heading(Group group) noexcept {
  switch (group) {
    case Group::input:
      return "输入";
    case Group::removal:
      return "去掉什么";
    case Group::text:
      return "文字";
    case Group::output:
      return "输出";
    case Group::running:
      break;
  }
  return "运行";
}

}  // namespace dedup::tool
