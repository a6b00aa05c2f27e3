"use strict";
// What the pages do beside asking for parts of themselves, which htmx does.
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  // Without a server the page around this one leads on (`browser/page`).
  const go = window.workbench ? window.workbench.go : (address) => (address ? location.assign(address) : location.reload());

  // What was read of a measure is loaded when it is unfolded, and again when it may have changed.
  const fill = (fold) => {
    const cards = one(".cards", fold);
    if (cards && fold.open && cards.dataset.version !== one("#version").value) {
      cards.dataset.version = one("#version").value;
      window.htmx.trigger(cards, "unfold");
    }
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.matches("details[data-number]")) fill(event.target);
  }, true);

  // The colour of a passage is that of what hangs on it.
  const shade = () => {
    const outcomes = new Map(all("#shades i").map((each) => [each.dataset.at, each.dataset.outcome]));
    for (const mark of all("#doc mark")) {
      const found = mark.dataset.anchors.split(" ").map((anchor) => outcomes.get(anchor)).filter(Boolean);
      mark.className = found[0] || "not-judged";
    }
  };

  // Who answers by keyboard goes on where that was: at the next question, or the next value to confirm.
  let from = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.verb !== "post") return;
    const at = event.detail.elt;
    from = at.closest("#question") ? { question: true } : at.closest(".accept, #waivers") ? { waivers: true } : at.closest(".card") ? { card: at.closest(".card").id, fold: at.closest("details[data-number]").id } : null;
    if (from && from.card) {
      const cards = all(".card", one(`#${from.fold}`)).map((card) => card.id);
      from.next = cards.slice(cards.indexOf(from.card) + 1);
    }
  });
  let told = 0;
  document.addEventListener("changed", () => {
    // What was told is read out once, and then is in the way.
    clearTimeout(told);
    told = setTimeout(() => one("#said").replaceChildren(), 8000);
    shade();
    all("details[data-number][open]").forEach(fill);
    if (from && (from.question || from.waivers)) {
      ((from.waivers && one("#waivers-h")) || (from.waivers && one("#findings-h")) || one("#question-h")).focus();
      from = null;
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.matches(".cards") && from && from.card && event.detail.target.closest(`#${from.fold}`)) {
      const next = from.next.map((id) => one(`#${id} button[value="confirmed"]`)).find(Boolean);
      (next || one("summary", one(`#${from.fold}`))).focus();
      from = null;
    }
    if (event.detail.target.id === "the-text") { shade(); follow(); }
  });

  // A link leads to what it names, unfolded.
  const follow = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView({ block: "center" });
  };
  window.addEventListener("hashchange", follow);

  // Words that are selected in the text can be recorded with a value.
  const letters = (text) => [...text].length;
  const at = (node, offset) => {
    const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("#doc p[data-start]");
    if (!paragraph) return null;
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(node, offset);
    return { start: Number(paragraph.dataset.start) + letters(before.toString()), paragraph };
  };
  let chosen = null;
  document.addEventListener("selectionchange", () => {
    const take = one("#take"), selection = document.getSelection();
    if (!take) return;
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const first = range && at(range.startContainer, range.startOffset), last = range && at(range.endContainer, range.endOffset);
    if (first && last && first.start < last.start) chosen = { start: first.start, end: last.start, words: range.toString(), paragraph: first.paragraph };
    else if (range) chosen = null;
    take.disabled = !chosen;
  });
  const choose = (found) => {
    const form = one("#record form");
    one("[name=start]", form).value = found ? found.start : "";
    one("[name=end]", form).value = found ? found.end : "";
    one("#selection").hidden = !found;
    one("#selection q").textContent = found ? found.words.trim().slice(0, 200) : "";
    if (!found) return;
    let paragraph = found.paragraph;
    while (paragraph && !paragraph.dataset.measure) paragraph = paragraph.previousElementSibling;
    if (paragraph) one("#s-measure").value = paragraph.dataset.measure.replace("m-", "");
    one("#record").open = true;
    one("#s-field").focus();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button, a");
    if (!button) return;
    if (button.id === "take") choose(chosen);
    else if (button.matches("[data-forget]")) choose(null);
    else if (button.matches("[data-line]")) {
      const text = one("#rule-text"), lines = text.value.split("\n"), number = Number(button.dataset.line);
      const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
      text.focus();
      text.setSelectionRange(start, start + (lines[number - 1] || "").length);
      text.scrollTop = (number - 4) * (text.scrollHeight / lines.length);
    }
    else if (button.matches("[data-close]")) one(button.dataset.close).replaceChildren();
    else if (button.matches("[data-reload]")) { event.preventDefault(); go(); }
  });

  // Another pack is another address.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-pack]")) return;
    event.preventDefault();
    go(`/proposal/${encodeURIComponent(one("#pack").value)}/${event.target.dataset.pack}`);
  });

  // A file can be dropped.
  const drop = one("#drop");
  if (drop) {
    for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      one("#file").files = event.dataTransfer.files;
      drop.requestSubmit();
    });
  }

  // A program that was stopped says nothing.
  document.addEventListener("htmx:sendError", () => {
    const notice = one("#notice"), said = document.createElement("p");
    said.className = "note wrong";
    said.textContent = notice.dataset.gone;
    notice.replaceChildren(said);
  });
  // What was typed before the scripts were there was heard by nobody.
  document.addEventListener("DOMContentLoaded", () => {
    for (const field of all("[hx-trigger*='input'] :is(input, textarea), :is(input, textarea)[hx-trigger*='input']"))
      if (field.value !== field.defaultValue) field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  follow();
})();
