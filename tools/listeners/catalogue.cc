// SPDX-License-Identifier: Apache-2.0
// A form has holes: {} for a name, a number or what the user typed, which stays, and {*} for a
// message within the message. Forms are tried in their order, so that special ones come first; a
// hole is never empty and takes as little as it can. Translations fill the holes in the same order.
#include "listeners/catalogue.h"

#include <cstdlib>
#include <optional>

namespace dedup::tool {
namespace {

struct Message {
  std::string_view english;
  std::string_view chinese;
};

/// Names of what has no name of its own.
constexpr Message kLabels[] = {
    {"standard input", "标准输入"},
    {"standard output", "标准输出"},
    {"standard error", "标准错误"},
};

constexpr Message kMessages[] = {
    // -- the command line
    {"{*} (see dedup --help)", "{*}（见 dedup --help）"},
    {"{*}; did you mean {}?", "{*}；是不是 {}？"},
    {"unknown option {}", "没有 {} 这个选项"},
    {"{} needs a value", "{} 要给一个值"},
    {"{} takes no value", "{} 不带值"},
    {"{} is given twice", "{} 给了两次"},
    {"{} needs OpenCC, which this build is without: install libopencc-dev and build dedup anew",
     "{} 需要 OpenCC，而这次构建没有它：请安装 libopencc-dev 后重新构建 dedup"},
    {"{} takes a number up to {}, not \"{}\"", "{} 要一个不超过 {} 的数，不能是“{}”"},
    {"{} takes a number from {} to {}, not \"{}\"", "{} 要一个从 {} 到 {} 的数，不能是“{}”"},
    {"{} takes a number, not \"{}\"", "{} 要一个数，不能是“{}”"},
    {"{} takes a size such as {} or {}, not \"{}\"", "{} 要一个大小，如 {} 或 {}，不能是“{}”"},
    {"{} takes one line of text, not \"{}\"", "{} 要一行文字，不能是“{}”"},
    {"{} takes a choice and classes left out, as {}, not \"{}\"",
     "{} 要一个取值和略去的类，如 {}，不能是“{}”"},
    {"{} takes {}, not \"{}\"", "{} 只能是 {}，不能是“{}”"},
    {"{}: names out of a list and on the command line exclude each other",
     "{}：文件名要么列在表里，要么写在命令行上，不能都用"},
    {"--verdicts and --removed exclude each other: restore knows no verdicts",
     "--verdicts 和 --removed 不能同用：restore 不认识 --verdicts 写的行"},
    {"{} and {} exclude each other", "{} 和 {} 不能同用"},
    {"--recursive needs a directory to read, such as .", "--recursive 要给一个目录，例如 ."},
    {"{} ({}) must not be below {} ({})", "{}（{}）不能小于 {}（{}）"},
    {"{} makes no sense with --index: it must see all input beforehand",
     "{} 和 --index 一起用没有意义：它要先看完全部输入"},
    {"{} makes no sense with --index: nothing is compared with it",
     "{} 和 --index 一起用没有意义：什么也不会和索引比较"},
    {"{} makes no sense with --index and --scope=wide: an index has no near-duplicate paragraphs",
     "{} 和 --index、--scope=wide 一起用没有意义：索引不记近似的段落"},
    {"--secret makes no sense with --index: the index has one of its own",
     "--secret 和 --index 一起用没有意义：索引有自己的密钥"},
    {"{} makes no sense with {}", "{} 和 {} 一起用没有意义"},
    {"--index-mode and --index-wait need --index=PATH",
     "--index-mode 和 --index-wait 要和 --index=PATH 同用"},
    {"index needs an action, such as info, and a file", "index 要一个动作（如 info）和一个文件"},
    {"index {} needs an index", "index {} 要一个索引文件"},
    {"index {} needs indexes to merge", "index {} 要几个索引文件来合并"},
    {"index {} takes one index", "index {} 只要一个索引文件"},
    {"index forget needs --name=NAME or --before=DATE",
     "index forget 要用 --name=NAME 或 --before=DATE"},
    {"--{} is for index {}", "--{} 是 index {} 的选项"},
    {"{} takes a day such as {}, not \"{}\"", "{} 要一个日期，如 {}，不能是“{}”"},
    // -- parts of a corpus
    {"--{} is for shard {}", "--{} 是 shard {} 的选项"},
    {"{} is not for shard {}", "{} 不能用于 shard {}"},
    {"{} is not for shard", "{} 不能用于 shard"},
    {"shard {} needs KEYS", "shard {} 要 KEYS 文件"},
    {"shard settle takes one KEYS", "shard settle 一次只要一个 KEYS 文件"},
    {"shard settle needs --after=FILE and --part=N", "shard settle 要用 --after=FILE 和 --part=N"},
    {"{}: is settled: its documents are known", "{}：已经 settle 过，文档都已知道"},
    {"{}: is to be settled first, by dedup shard settle", "{}：要先用 dedup shard settle 处理"},
    {"shard {} needs --secret=FILE", "shard {} 要用 --secret=FILE"},
    {"shard apply needs --first=FILE and --part=N", "shard apply 要用 --first=FILE 和 --part=N"},
    {"shard index needs -o NEW, which is not there yet", "shard index 要用 -o NEW，NEW 还不存在"},
    {"{}: was written to meanwhile", "{}：中途被别的进程写过"},
    {"shard needs a step: keys, first, settle, apply or index",
     "shard 要一个步骤：keys、first、settle、apply 或 index"},
    {"--documents=near makes no sense with --index for shard: its documents are in no part",
     "shard 里 --documents=near 不能和 --index 同用：索引里的文档不在任何一份里"},
    {"{}: near-duplicate documents were looked for, and an index of parts knows none",
     "{}：是按近似文档做的键，不能做成索引"},
    {"--slice is not for --of=all", "--slice 不能和 --of=all 同用"},
    {"--slice is not for documents that are compared nearly: one looks at all",
     "比较近似文档时不能用 --slice：要由一个进程看完全部"},
    {"--after=FILE goes with --of=documents", "--after=FILE 要和 --of=documents 同用"},
    {"--of=documents needs --after=FILE, which --of=company wrote, where near-duplicate documents "
     "are looked for",
     "找近似文档时，--of=documents 要用 --after=FILE 给出 --of=company 写的文件"},
    {"--of=company is for keys of --documents=near", "--of=company 用于 --documents=near 的键"},
    {"--range needs one FILE", "--range 要正好一个文件"},
    {"--range is for JSONL: elsewhere a part is whole files",
     "--range 用于 JSONL：别的格式只能按整个文件来分"},
    {"shard is for text, JSONL, and archives with --to=jsonl",
     "shard 用于文本、JSONL，以及加了 --to=jsonl 的存档"},
    {"--removed is not for shard apply of text, where a line end before a document is an edit of "
     "it, and a part does not know of it: give --to=jsonl, too",
     "shard apply 清理文本时不能用 --removed：文档前补的换行也是一处改动，而单独一份看不到；请再加 "
     "--to=jsonl"},
    {"--secret: {} has {} bytes, not 32: head -c 32 /dev/urandom makes one",
     "--secret：{} 有 {} 字节，应为 32 字节：用 head -c 32 /dev/urandom 生成"},
    {"--secret: {*}", "--secret：{*}"},
    {"--part: {} knows of {} parts", "--part：{} 只有 {} 份"},
    {"{} and {} were made with different secrets", "{} 和 {} 的密钥不同"},
    {"{} and {} were made with different versions: {} and {}", "{} 和 {} 的版本不同：{} 和 {}"},
    {"{} and {} were made with different recipes of keys: {} and {}",
     "{} 和 {} 的键配方不同：{} 和 {}"},
    {"{} and {} were made with different options: {} and {}", "{} 和 {} 的选项不同：{} 和 {}"},
    {"{}: is not what dedup shard {} of this version writes",
     "{}：不是这个版本的 dedup shard {} 写的文件"},
    {"{}: is no regular file, and is read by pieces", "{}：不是普通文件，没法分段读"},
    {"{}: is cut short", "{}：不完整"},
    {"{}: its heading lacks {}", "{}：文件头里缺 {}"},
    {"{}: does not say of what it is", "{}：没有说明是哪一步的"},
    {"{}: of {} there are other slices, or this one twice", "{}：{} 的分片不一致，或者重复给了"},
    {"of {} there are {} slices of {}", "{} 只有 {} 片，应有 {} 片"},
    {"{}: is longer than its heading says", "{}：比文件头说的长"},
    {"{}: is damaged: {}", "{}：已损坏（{}）"},
    {"{}: is of another step than is asked for", "{}：不是这里要的那一步写的"},
    {"{} and {} are of other parts", "{} 和 {} 不是同一批份的"},
    {"{}: is not part {} of {}", "{}：不是第 {} 份（见 {}）"},
    {"what first found out is given twice", "first 做出的文件给了两次"},
    {"--output names {}, which is read", "--output 是 {}，而它也要读"},
    {"part {} has {} documents, and its keys are of {}: this is another text",
     "第 {} 份有 {} 篇文档，而它的键是 {} 篇的：文本不一样了"},
    {"what first found out about {} is missing", "缺 first 做出的 {}"},
    // -- indexes
    {"{}: cannot be written; the outputs are in their places, and it does not know of them",
     "{}：写不进去；输出都已就位，但没有记进索引"},
    {"no document was seen so, and nothing is forgotten", "没有这样的文档，什么也没有忘掉"},
    {"{} was made with {}, and is asked with {}", "{} 建立时是 {}，现在用的是 {}"},
    {"{}: is being written by process {}", "{}：进程 {} 正在写它"},
    {"{}: is being written, or replaced, by another, perhaps in this process",
     "{}：正被别的进程（或本进程）改写"},
    {"{}: could not be written before, and is to be opened anew", "{}：先前没能写进去，要重新打开"},
    {"{}: is in use by another process", "{}：正被别的进程使用"},
    {"{}: lies on a file system of the network, where locks may not hold",
     "{}：在网络文件系统上，锁不一定有效"},
    {"{}: not a regular file", "{}：不是普通文件"},
    {"{}: not an index of dedup", "{}：不是 dedup 的索引"},
    {"{}: is empty", "{}：是空文件"},
    {"{}: is there already", "{}：已经有这个文件"},
    {"{}: is to be made of no index", "{}：没有可合并的索引"},
    {"{}: has another secret, so that their keys do not meet", "{}：密钥不同，两边的键对不上"},
    {"{}: was made by another recipe of keys", "{}：键的配方不同"},
    {"{}: has another near_threshold", "{}：近似的阈值不同"},
    {"{}: was made with other options: {}, where the first has {}",
     "{}：建立时的选项是 {}，而第一个是 {}"},
    {"{}: made by another recipe of keys: {} (Unicode {}), where this program has {} (Unicode {})",
     "{}：键的配方是 {}（Unicode {}），而本程序是 {}（Unicode {}）"},
    {"{}: is to be made of keys by another recipe: {}", "{}：要导入的键，配方是 {}"},
    {"{}: made by another version: format {}, where this one reads {}",
     "{}：由别的版本写成：格式 {}，本版本读 {}"},
    {"{}: damaged at byte {}", "{}：第 {} 字节处已损坏"},
    {"{}: damaged: cut short at byte {}", "{}：已损坏，在第 {} 字节处断掉"},
    {"{}: damaged: cut short, {} bytes of {}", "{}：已损坏，{} 字节，应有 {} 字节"},
    {"{}: damaged: neither of its heads is whole", "{}：已损坏，两个文件头都不完整"},
    {"{}: damaged: {}", "{}：已损坏（{}）"},
    {"standard input is named twice", "标准输入写了两次"},
    {"standard input is read for names and cannot be one of them",
     "标准输入已经用来读文件名，不能再作为文件"},
    {"{} needs -o, -i, --output-dir or -n: standard output has the clean text",
     "{} 要和 -o、-i、--output-dir 或 -n 同用：标准输出已经用来写清理后的文本"},
    {"--removed and --report cannot both go to standard output",
     "--removed 和 --report 不能都写到标准输出"},
    {"restore needs --removed=FILE", "restore 要用 --removed=FILE 给出清单"},
    {"restore takes one CLEAN file", "restore 只读一个清理后的文件"},
    {"restore cannot read both the list and the clean text from standard input",
     "restore 不能从标准输入同时读清单和清理后的文本"},
    {"diff --removed takes one CLEAN file", "diff --removed 只读一个清理后的文件"},
    {"diff cannot read both the list and the clean text from standard input",
     "diff 不能从标准输入同时读清单和清理后的文本"},
    {"diff needs a FILE where standard input is a terminal",
     "标准输入是终端时，diff 要给一个 FILE"},
    {"{} is not for diff --removed: its run is done",
     "{} 不能用于 diff --removed：那次运行已经结束"},
    {"{} is for diff --removed", "{} 用于 diff --removed"},
    {"{} is not for diff, which writes no clean text", "{} 不能用于 diff，它不写清理后的文本"},
    {"learn reads text and JSONL, and no archives: give it the records that {} makes of one",
     "learn 读文本和 JSONL，不读存档：请给它 {} 从存档生成的记录"},
    {"a model is not text for a terminal: give -o FILE", "模型不宜写到终端：请用 -o FILE"},
    {"{} and {} differ in format by their names: give --format, or run each format by itself",
     "从文件名看，{} 和 {} 格式不同：请给 --format，或者每种格式单独运行"},
    {"{} is for text: JSONL is UTF-8; convert it first, with {}",
     "{} 只用于文本：JSONL 是 UTF-8，请先用 {} 转换"},
    {"{} is for text: a record of JSON is a document",
     "{} 只用于文本：JSON 的一条记录就是一篇文档"},
    {"{} is for text: a page is a document", "{} 只用于文本：一个网页就是一篇文档"},
    {"{} is for text: a record of an archive is a document",
     "{} 只用于文本：存档的一条记录就是一篇文档"},
    {"--to=text is not for JSONL: records come out as records",
     "--to=text 不能用于 JSONL：记录写出来还是记录"},
    {"--to=jsonl is not for JSON, which comes out as it came: {} makes JSONL of an array",
     "--to=jsonl 不能用于 JSON，写出来还是 JSON：用 {} 可以把数组变成 JSONL"},
    {"--markup is for fields of JSONL: give --format=jsonl, too, or --format=html",
     "--markup 用于 JSONL 的字段：请同时给 --format=jsonl，或者改用 --format=html"},
    {"--markup is for one field: several pages are not one document",
     "--markup 只能用于一个字段：几个网页不是一篇文档"},
    {"{} is for JSONL: give {}, too", "{} 用于 JSONL：请同时给 {}"},
    {"--output-dir has no name for standard input", "--output-dir 不知道标准输入该叫什么名字"},
    {"--output-dir does not take a path with \"..\" in it: {}",
     "--output-dir 不接受含有“..”的路径：{}"},
    {"{} and {} would both be written to {}", "{} 和 {} 会写到同一个文件 {}"},
    {"{} would be written, but is also read", "{} 要写，但也要读"},
    {"{} would be written, and stands in a directory that is read", "{} 要写，却在要读的目录里"},
    {"{} is read, and cannot be the output directory, too", "{} 是要读的目录，不能又是输出目录"},
    {"{} is where outputs go, and is not read", "{} 是放输出的地方，不读"},
    {"{} names a file that is also written to --output-dir", "{} 的文件也会写到 --output-dir 里"},
    {"{} and {} name the same file", "{} 和 {} 是同一个文件"},
    {"{} names a file that is read", "{} 的文件也是要读的文件"},
    {"--output names a file that is read, and would be of another format then",
     "--output 的文件也是要读的文件，写出来格式就变了"},
    {"--in-place has no place for standard input: name files",
     "--in-place 不能用于标准输入：请给文件名"},
    {"{}: --in-place would leave the text of a page under its name: give --output-dir",
     "{}：--in-place 会把网页换成文本而名字不变：请用 --output-dir"},
    {"{}: --in-place replaces regular files only", "{}：--in-place 只改写普通文件"},
    {"{}: --in-place takes each file once", "{}：--in-place 对每个文件只能用一次"},
    {"--in-place leaves files in their format: give --output-dir",
     "--in-place 不改变文件的格式：请用 --output-dir"},
    {"{}: a backup stands beside its file, and its name has no /",
     "{}：备份放在原文件旁边，名字里不能有 /"},
    {"{}: a list that grows as files become new is not compressed: compress it afterwards",
     "{}：边改写文件边写的清单不能压缩：请事后再压缩"},
    {"{}: is there already, and may be what leads back to files that were replaced: give "
     "--removed another name, or move it",
     "{}：已经存在，可能是恢复已改写文件的唯一依据：请给 --removed 换个名字，或者把它移走"},
    {"--resume needs --joblog=FILE", "--resume 要和 --joblog=FILE 同用"},
    {"--joblog needs a file", "--joblog 要给一个文件"},
    {"--joblog logs what is written, and --dry-run writes nothing",
     "--joblog 记录写出的文件，而 --dry-run 什么也不写"},
    {"--joblog is for --in-place=SUFFIX and --output-dir",
     "--joblog 用于 --in-place=SUFFIX 和 --output-dir"},
    {"--joblog needs the originals to go on with: give --in-place a SUFFIX that keeps them",
     "--joblog 续跑时要重读原文件：请给 --in-place 一个 SUFFIX，把原文件留下"},
    {"--joblog names a file that is read", "--joblog 的文件也是要读的文件"},
    {"--joblog and --removed name the same file", "--joblog 和 --removed 是同一个文件"},
    {"{}: is there already: give --resume, or move it",
     "{}：已经存在：请给 --resume 接着做，或者把它移走"},
    {"{}: another run writes it", "{}：另一个进程正在写它"},
    {"{}: is no log of a job", "{}：不是任务记录"},
    {"{}: line {} is no line of such a log", "{}：第 {} 行不是任务记录的行"},
    {"{} was begun by dedup {} with the key recipe {}, which may find other repeats",
     "{} 是 dedup {} 开始的，键的算法是 {}，找到的重复可能不同"},
    {"{} was begun for other files, {} of them: these are {}",
     "{} 是为别的文件开始的，共 {} 个：现在是 {} 个"},
    {"{} was begun without {}", "{} 开始时没有给 {}"},
    {"{} was begun with its options in another order", "{} 开始时选项的次序不同"},
    {"{} names the file that keeps what {} holds", "{} 的文件是 {} 的备份"},
    {"{} was begun with {}", "{} 开始时给了 {}"},
    {"{}: changed since {} told of it: no run can be gone on with that read something else",
     "{}：{} 记下以后变了：读过的内容变了，就不能接着做"},
    {"unknown encoding {}; known are {}", "没有 {} 这种编码；认识的有 {}"},
    {"no JSON pointer: {} (~ is written ~0, and / in a key ~1)",
     "{} 不是 JSON 指针（~ 写作 ~0，键里的 / 写作 ~1）"},

    // -- what is read
    {"{}: is standard output too; use -o to write a file in its place",
     "{}：它也是标准输出；要原地改写请用 -o"},
    {"{}: {*}; -r reads the files below it", "{}：{*}；用 -r 读它下面的文件"},
    {"{}: no file is below it", "{}：下面没有文件"},
    {"{}: names no file", "{}：里面没有文件名"},
    {"{}: name {} is empty", "{}：第 {} 个文件名是空的"},
    {"{}: has NUL bytes: give --files0-from for such a list",
     "{}：里面有 NUL 字节：这样的表要用 --files0-from"},
    {"{}: has lines and no NUL byte: give --files-from for such a list",
     "{}：是分行的，没有 NUL 字节：这样的表要用 --files-from"},
    {"{}: has lines that end in \\r\\n: take the \\r away, with {}",
     "{}：行末是 \\r\\n：请先用 {} 去掉 \\r"},
    {"{} looks like HTML, and is read as a page: -f text reads it as text",
     "{} 像是 HTML，按网页读：要按文本读请用 -f text"},
    {"{} looks like an array in JSON, and is read as records: -f text reads it as text",
     "{} 像是 JSON 数组，按记录读：要按文本读请用 -f text"},
    {"{} looks like a WARC file, and is read as text: give -f warc for its pages",
     "{} 像是 WARC 存档，按文本读：要读其中的网页请用 -f warc"},
    {"{} looks like JSONL, and is read as text: give -f jsonl for records",
     "{} 像是 JSONL，按文本读：要读记录请用 -f jsonl"},
    {"{} looks like an array in JSON, and is read as text: give -f json for its records",
     "{} 像是 JSON 数组，按文本读：要读记录请用 -f json"},
    {"{} looks compressed by {}, and is read as text: unpack it first, with {}",
     "{} 像是用 {} 压缩的，按文本读：请先用 {} 解开"},
    {"{} looks like a ZIP archive, and is read as text: unpack it first, with {}",
     "{} 像是 ZIP 压缩包，按文本读：请先用 {} 解开"},
    {"{} looks like UTF-16, and JSONL is UTF-8: convert it first, with {}",
     "{} 像是 UTF-16，而 JSONL 是 UTF-8：请先用 {} 转换"},
    {"{} looks like {}, and is read as text: {} makes records for -f jsonl",
     "{} 像是 {}，按文本读：用 {} 可以变成 -f jsonl 要的记录"},
    {"{*}; of further files this is not told", "{*}；其余的文件不再一一说明"},
    {"{}: looks like {}, and is read so (see --encoding)",
     "{}：像是 {}，就这样读（见 --encoding）"},
    {"{}: not read, as it is {} by its name: {} cleans a column; -f text reads it as text",
     "{}：不读，从文件名看它是 {}：用 {} 清理一列；要按文本读请用 -f text"},
    {"{}: {} broken byte sequences, the first at offset {}; written as U+FFFD",
     "{}：有 {} 处字节无法解码，第一处在偏移 {}；写作 U+FFFD"},
    {"{}: 1 broken byte sequence, at offset {}; written as U+FFFD",
     "{}：有 1 处字节无法解码，在偏移 {}；写作 U+FFFD"},
    {"{}: bad line at offset {}: {*}; passed through", "{}：偏移 {} 处的行有错：{*}；原样写出"},
    {"{}: bad line at offset {}: {*}; passed over", "{}：偏移 {} 处的行有错：{*}；略过"},
    {"{}: line at offset {} is longer than 64 MiB; passed through",
     "{}：偏移 {} 处的行超过 64 MiB；原样写出"},
    {"{}: line at offset {} is longer than 64 MiB; passed over",
     "{}：偏移 {} 处的行超过 64 MiB；略过"},
    {"{}: record at offset {}: a value with a broken escape; left as it is",
     "{}：偏移 {} 处的记录里有一个值转义有错；原样留下"},
    {"{}: record at offset {}: {} values with a broken escape; left as they are",
     "{}：偏移 {} 处的记录里有 {} 个值转义有错；原样留下"},
    {"{}: and {} more bad lines, {} in all", "{}：还有 {} 行有错，一共 {} 行"},
    {"{}: and {} more faults, {} in all", "{}：还有 {} 处有错，一共 {} 处"},
    {"{}: a page is longer than 12 MiB; the rest of it was not read",
     "{}：有一个网页超过 12 MiB，其余部分没有读"},
    {"{}: offset {}: more than 64 KiB of blanks between two values: take them out first, with {}",
     "{}：偏移 {}：两个值之间的空白超过 64 KiB：请先用 {} 去掉"},
    {"{}: offset {} of the {} data: {*}", "{}：{} 处（{} 数据里的偏移）：{*}"},
    {"{}: offset {}: {*}", "{}：偏移 {}：{*}"},
    {"{}: is compressed twice, by {} inside: unpack it once, with {}",
     "{}：压缩了两次，里面还是 {}：请先用 {} 解开一层"},
    {"ends too early", "没到头就断了"},
    {"damaged", "数据损坏"},
    {"something else follows, and is not read", "后面跟着别的东西，没有读"},
    {"grows to more than {} times its size; if that is meant, unpack it with {} and pipe that in",
     "解开后超过原来的 {} 倍；如果确实如此，请用 {} 解开，从管道送进来"},
    {"needs {} of memory to unpack, {} are allowed: give more --memory, or unpack it with {} and "
     "pipe that in",
     "解开要用 {} 内存，只允许 {}：请加大 --memory，或者用 {} 解开，从管道送进来"},

    // -- JSON and archives
    {"no field {}", "没有字段 {}"},
    {"none of the fields {}", "没有这些字段：{}"},
    {"more than one field {}", "字段 {} 不止一个"},
    {"field {} is not a string", "字段 {} 不是字符串"},
    {"an empty line where JSON should be", "应该是 JSON，却是空行"},
    {"JSON, but not an object", "是 JSON，但不是对象"},
    {"not valid UTF-8", "不是合法的 UTF-8"},
    {"a string with a broken escape", "字符串里转义有错"},
    {"a string without an end", "字符串没有结束"},
    {"a control character inside a string", "字符串里有控制字符"},
    {"a number that is malformed or too large", "数字不合格式，或者太大"},
    {"nested more than 1024 deep", "嵌套超过 1024 层"},
    {"more than 65,536 values in the fields", "字段里的值超过 65,536 个"},
    {"not valid JSON", "不是合法的 JSON"},
    {"a comma is missing", "少了逗号"},
    {"a value is missing", "少了一个值"},
    {"the array is cut short", "数组没有结束"},
    {"no record where one should begin", "这里应该是一条记录的开头"},
    {"no line end in front of the record", "记录前面没有换行"},
    {"the header of the record is longer than 64 KiB", "记录的头超过 64 KiB"},
    {"the file ends within the header of a record", "文件在一条记录的头里断了"},
    {"the record has no Content-Length", "记录没有 Content-Length"},
    {"the file ends {} bytes before the record does", "文件在记录结束前 {} 字节断了"},
    {"the record holds no response of HTTP", "记录里没有 HTTP 响应"},
    {"a body of more than 64 MiB; the record is passed over", "正文超过 64 MiB；略过这条记录"},
    {"a body of more than 64 MiB; what follows is cut off", "正文超过 64 MiB；后面的截去"},

    // -- what is written
    {"{}: not replaced, as {*}", "{}：没有改写，因为{*}"},
    {"it is compressed, and would not be, since its name does not end in .gz, .zst or .xz",
     "它是压缩的，而文件名不以 .gz、.zst 或 .xz 结尾，改写后就不压缩了"},
    {"it is not compressed, and would be, since its name ends so",
     "它没有压缩，而从文件名看，改写后就压缩了"},
    {"it changed since it was opened", "打开以后它变了"},
    {"it is no regular file", "它不是普通文件"},
    {"{} is there already", "{} 已经存在"},
    {"{}: has other names (hard links), under which the old text stays",
     "{}：还有别的名字（硬链接），那里仍是旧的内容"},
    {"{*}; {} files were written before, and stay so; the others are as they were",
     "{*}；在此之前已经写好 {} 个文件，其余的还是原样"},
    {"of its HTML only the text would be left", "改写后 HTML 就只剩文本了"},
    {"its charset is a guess (see --encoding, --replace-damaged)",
     "编码是猜的（见 --encoding、--replace-damaged）"},
    {"not all of it decodes (see --replace-damaged)", "没能全部解码（见 --replace-damaged）"},
    {"{}: is no regular file; not replaced", "{}：不是普通文件，没有改写"},
    {"{*}; some outputs are new, others as they were", "{*}；有的输出是新的，有的还是旧的"},
    {"{}: a temporary file was cut short", "{}：临时文件被截断了"},
    {"an event for threads: {*}", "线程之间的信号：{*}"},
    {"out of memory", "内存不够"},
    {"memory for counting ran short: of blocks in fewer than {} documents some may not be learned "
     "(see --memory)",
     "计数用的内存不够：在不到 {} 篇文档里出现的内容，有些可能没有学到（见 --memory）"},

    // -- restore
    {"not an edit list: the header is missing", "不是清单：没有开头的一行"},
    {"the list ends within a document", "清单在一篇文档里断了"},
    {"the list is of several files with a clean text each: give --name=FILE",
     "清单里有几个文件，各有清理后的文本：请给 --name=FILE"},
    {"the list has no file of this name: {}", "清单里没有这个文件：{}"},
    {"the list gives another length for the document", "文档的长度和清单里的不同"},
    {"does not hold what the list says was put there", "与清单里说写了的内容不符"},
    {"the clean text goes on after its end", "清理后的文本到了结尾还没完"},
    {"the clean text ends too early", "清理后的文本没到头就断了"},
    {"another length than the list gives", "长度和清单里的不同"},
    {"another number of values than the list gives", "值的个数和清单里的不同"},

    {"{}: a reason that this version does not know", "{}：这个版本不认识的原因"},
    {"pager {}: does not run", "分页程序 {} 运行不了"},
    {"pager {}: {*}", "分页程序 {}：{*}"},

    // -- rules and models
    {"boilerplate model: {*}", "模型：{*}"},
    {"not a model", "不是模型"},
    {"{}, line {}: {*}", "{} 第 {} 行：{*}"},
    {"no class {} of boilerplate rules; there are {}", "规则里没有 {} 这一类；有 {}"},
    {"unknown word {}", "不认识的词 {}"},
    {"not UTF-8", "不是 UTF-8"},

    // -- the system
    {"No such file or directory", "没有这个文件或目录"},
    {"Permission denied", "没有权限"},
    {"Operation not permitted", "不允许这样做"},
    {"Is a directory", "是目录"},
    {"Not a directory", "不是目录"},
    {"File exists", "文件已经存在"},
    {"No space left on device", "磁盘满了"},
    {"Disk quota exceeded", "超过了磁盘配额"},
    {"File too large", "文件太大"},
    {"Read-only file system", "文件系统是只读的"},
    {"Input/output error", "输入输出出错"},
    {"Too many open files", "打开的文件太多"},
    {"Too many levels of symbolic links", "符号链接层数太多"},
    {"File name too long", "文件名太长"},
    {"Bad file descriptor", "文件描述符无效"},
    {"Invalid argument", "参数无效"},
    {"Cannot allocate memory", "内存不够"},
};

/// Whatever happened to a file; tried last, and not within itself.
constexpr Message kOfFile = {"{}: {*}", "{}：{*}"};

/// No message of ours is longer, unless a name in it is: then it stays in English, as trying all
/// ways to part it could take long.
constexpr std::size_t kLongest = 400;

/// Where a message stands: how deep within others, and whether within what happened to a file.
struct Within {
  int depth = 0;
  bool file = false;
};

constexpr int kDeepest = 3;  // "{*} (see dedup --help)" around "{*}; did you mean {}?" is two

/// A form laid over a message: the translation with its holes filled as far as it has come.
class Fitting {
 public:
  explicit Fitting(const Message& message) : form_(message.english), chinese_(message.chinese) {}

  /// The translation of `text`, if it is of this form and its messages can be translated.
  [[nodiscard]] std::optional<std::string> of(std::string_view text, Within within) const;

 private:
  Fitting(std::string_view form, std::string_view chinese) : form_(form), chinese_(chinese) {}

  std::string_view form_;
  std::string_view chinese_;
};

std::optional<std::string> translated(std::string_view message, Within within);

/// Labels have translations, other names stay.
std::string_view named(std::string_view name) {
  for (const auto& [english, chinese] : kLabels) {
    if (name == english) return chinese;
  }
  return name;
}

/// What stands in a hole, in Chinese.
std::optional<std::string> filling(std::string_view text, bool message, Within within) {
  within.depth += 1;
  return message ? translated(text, within) : std::optional(std::string(named(text)));
}

std::optional<std::string> Fitting::of(std::string_view text, Within within) const {
  const std::size_t hole = form_.find('{');
  if (hole == form_.npos)
    return text == form_ ? std::optional(std::string(chinese_)) : std::nullopt;
  if (!text.starts_with(form_.substr(0, hole))) return std::nullopt;
  text.remove_prefix(hole);
  const bool message = form_[hole + 1] == '*';
  const std::size_t to_fill = chinese_.find('{');
  const Fitting rest(form_.substr(form_.find('}') + 1), chinese_.substr(chinese_.find('}') + 1));
  const std::string_view literal = rest.form_.substr(0, rest.form_.find('{'));
  // The shortest filling first; one at the end takes all that is left.
  const std::size_t first = rest.form_.empty() ? text.size() : 1;
  for (std::size_t end = first; end <= text.size() && end > 0; ++end) {
    if (!rest.form_.empty()) end = text.find(literal, end);
    if (end == text.npos) break;
    const auto behind = rest.of(text.substr(end), within);
    if (!behind) continue;
    const auto here = filling(text.substr(0, end), message, within);
    if (here) return std::string(chinese_.substr(0, to_fill)) + *here + *behind;
  }
  return std::nullopt;
}

std::optional<std::string> translated(std::string_view message, Within within) {
  if (within.depth > kDeepest) return std::nullopt;
  for (const Message& form : kMessages) {
    if (auto chinese = Fitting(form).of(message, within)) return chinese;
  }
  if (within.file) return std::nullopt;
  within.file = true;
  return Fitting(kOfFile).of(message, within);
}

}  // namespace

bool speaks_chinese() noexcept {
  for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* const value = std::getenv(name);
    if (value != nullptr && *value != '\0') return std::string_view(value).starts_with("zh");
  }
  return false;
}

std::string in_chinese(std::string_view message) {
  if (message.size() > kLongest) return std::string(message);
  return translated(message, Within{}).value_or(std::string(message));
}

}  // namespace dedup::tool
