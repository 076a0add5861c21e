// SPDX-License-Identifier: Apache-2.0
// The page is whole without this. It adds: tables that sort, filters of the samples, which stand in
// the fragment of the address (#reason=…&rule=…&site=…&q=…), and Chinese where a browser asks.
"use strict";
(() => {
  const zh = {
    "What was removed": "删去了什么", "Reasons": "原因", "Rules": "规则", "Sites": "站点",
    "Repairs": "修复", "Samples": "样本", "The run": "本次运行", "Sections": "章节",
    "Rules that remove most": "删得最多的规则", "Sites that lose most": "删得最多的站点",
    "Search": "搜索", "Reason": "原因", "Rule": "规则", "Site": "站点", "all": "全部",
    "Clear": "清除", "Filter the samples": "筛选样本", "Kind": "类别", "What goes": "删去的内容",
    "Edits": "处数", "Bytes": "字节", "Share": "占比", "Documents": "文档", "Of its text": "占其文本",
    "Removed": "删去", "Kept": "保留", "Before and after": "修复前后", "Earlier copy": "先出现的副本",
    "removed": "删去", "kept": "保留", "To keep it:": "要保留：", "or": "或",
    "or, in rules of your own:": "或在自己的规则中写：", "Version": "版本", "Arguments": "参数",
    "Files": "文件", "Key recipe": "键的算法", "The same text but for script, width and marks.":
    "除繁简、全半角与标点外，文字相同。", "Its text is not at hand any more.": "其文本已不在手边。",
    "Nothing was removed.": "没有删去任何内容。", "Nothing was repaired.": "没有修复任何内容。",
    "drawn": "共 {1} 处，随机抽取 {0} 处", "all of them": "共 {0} 处，全部列出",
    "summary": "{0} 个文档，{1}：删去 {2}（{3}），写出 {4}。", "more": "另有 {0} 项，{1} 字节",
    "found": "显示 {1} 个样本中的 {0} 个", "found-one": "显示 {1} 个样本中的 {0} 个",
    "draw": "每条规则各自随机抽样，同样的运行抽到同样的样本。每个样本附有保留它的办法；一类规则放过的，别类可能仍会删去。",
    "a disclaimer, byline, share bar or the like; of a page its menus and teasers":
    "免责声明、署名、分享栏之类；网页的菜单与导读", "the whole document was seen before":
    "整篇文档已出现过", "the paragraph was seen before": "段落已出现过",
    "three paragraphs in a row were seen before": "连续三段已出现过",
    "the paragraph resembles an earlier one": "段落与先前的相近",
    "sentences in a row were seen before": "连续数句已出现过",
    "dirt of scraping, mended within what stays": "抓取带来的脏字符，在保留的文本中修复",
    "blank lines about what went": "被删内容前后的空行",
    "N: more than its length in ideographs, words and numbers.": "N：大于其长度（按汉字、单词、数字计）。",
    "It goes with what stood between two blank lines, and stays with it.":
    "它随两处空行之间的内容而去留。",
    "The second keeps what differs in other paragraphs, but not equal ones.":
    "后者保留有差异的段落，相同的段落仍会删去。",
    "The second keeps short paragraphs alone: long ones that are equal still go by themselves.":
    "后者只保留短段落：相同的长段落仍会各自删去。"
  };
  const asked = new URLSearchParams(location.hash.slice(1)).get("lang") || navigator.language || "";
  const chinese = asked.startsWith("zh");
  const fill = (words, numbers) => words.replace(/\{(\d)\}/g, (_, i) => numbers[i]);
  const say = (key, english, ...numbers) =>
    fill(chinese && Object.hasOwn(zh, key) ? zh[key] : english, numbers);

  function translate() {
    if (!chinese) return;
    document.documentElement.lang = "zh";
    for (const one of document.querySelectorAll("[data-t]")) {
      const key = one.dataset.t || one.textContent;
      if (Object.hasOwn(zh, key)) one.textContent = fill(zh[key], (one.dataset.n || "").split("|"));
    }
    for (const one of document.querySelectorAll("[data-a]")) {
      const label = one.getAttribute("aria-label");
      if (Object.hasOwn(zh, label)) one.setAttribute("aria-label", zh[label]);
    }
  }

  // -- tables ---------------------------------------------------------------------------------

  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.classList.contains("n") ? Number(cell.dataset.v) : cell.textContent;
  };
  function sort(table, column, head) {
    const numbers = head.classList.contains("n");
    const before = head.getAttribute("aria-sort");
    const down = before ? before === "ascending" : numbers;
    const order = (a, b) => {
      const [x, y] = [value(a, column), value(b, column)];
      return (numbers ? x - y : x.localeCompare(y)) * (down ? -1 : 1);
    };
    for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    table.tBodies[0].append(...[...table.tBodies[0].rows].sort(order));
  }
  function makeSortable(table) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (!head.textContent) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, column, head));
      head.append(button);
    });
  }

  // -- filters --------------------------------------------------------------------------------

  const form = document.getElementById("filter");
  const found = document.getElementById("found");
  const names = ["q", "reason", "rule", "site"];
  const samples = [...document.querySelectorAll("article")].map((article) => ({
    article, group: article.closest("details"), ...article.closest("details").dataset,
    site: article.dataset.site, text: article.textContent.toLowerCase()
  }));
  const atFirst = new Set(document.querySelectorAll("details[open]"));

  const setIn = () => {
    const wanted = new URLSearchParams(location.hash.slice(1));
    return Object.fromEntries(names.map((name) => [name, wanted.get(name) || ""]));
  };
  const fragment = (wanted) => {
    const set = new URLSearchParams(Object.entries(wanted).filter(([, one]) => one));
    if (new URLSearchParams(location.hash.slice(1)).has("lang")) set.set("lang", asked);
    return "#" + (String(set) || "samples");
  };

  function fillChoices(name) {
    const select = form.elements[name];
    const all = [...new Set(samples.map((one) => one[name]).filter(Boolean))].sort();
    for (const one of all) select.append(new Option(one, one));
  }

  /// What does not stand in the list of choices is offered all the same: it has no sample.
  function show(wanted) {
    for (const name of names) {
      const field = form.elements[name];
      field.value = wanted[name];
      if (field.value === wanted[name]) continue;
      field.append(new Option(wanted[name], wanted[name]));
      field.value = wanted[name];
    }
  }

  function apply() {
    const wanted = setIn();
    show(wanted);
    const words = wanted.q.toLowerCase();
    const any = names.some((name) => wanted[name]);
    const groups = new Map();
    let count = 0;
    for (const one of samples) {
      const fits = ["reason", "rule", "site"].every((name) => !wanted[name] ||
        one[name] === wanted[name]) && one.text.includes(words);
      one.article.hidden = !fits;
      groups.set(one.group, groups.get(one.group) || fits);
      count += fits;
    }
    for (const [group, fits] of groups) {
      group.hidden = !fits;
      group.open = any ? fits : atFirst.has(group);
    }
    for (const part of document.querySelectorAll("#samples > section")) {
      part.hidden = !part.querySelector("details:not([hidden])");
    }
    found.textContent = say("found", "{0} of {1} samples shown", count, samples.length);
  }

  /// Rules and sites lead to their samples.
  function link(cell) {
    const go = document.createElement("a");
    const set = JSON.parse(cell.dataset.go);
    go.href = fragment(set);
    go.append(...cell.childNodes);
    go.addEventListener("click", () => form.scrollIntoView());
    cell.append(go);
  }

  let soon = 0;
  const change = () => {
    const wanted = Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
    history.replaceState(null, "", fragment(wanted));
    apply();
  };

  translate();
  document.querySelectorAll("table.sortable").forEach(makeSortable);
  if (samples.length > 0) {
    document.querySelectorAll("[data-go]").forEach(link);
    ["reason", "rule", "site"].forEach(fillChoices);
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => {
      clearTimeout(soon);
      soon = setTimeout(change, 120);
    });
    form.addEventListener("reset", () => setTimeout(change));
    addEventListener("hashchange", apply);
    apply();
  }
})();
