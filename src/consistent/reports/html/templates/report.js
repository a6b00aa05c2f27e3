"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  const items = all("[data-item]");
  const search = one("search");
  const filters = all("[data-filter]").map((group) => ({
    name: group.dataset.filter,
    boxes: all("input", group),
  }));

  // Of both languages; what is folded counts too.
  const texts = new Map();
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  };

  // What a reader typed, word by word: each has to be there.
  const wanted = () => search.value.toLowerCase().split(/\s+/).filter(Boolean);

  const apply = () => {
    const words = wanted();
    const chosen = filters.map(({ name, boxes }) => ({
      name,
      whole: boxes.every((box) => box.checked),
      values: new Set(boxes.filter((box) => box.checked).map((box) => box.value)),
    }));
    let shown = 0;
    for (const item of items) {
      // A measure has no ground and no dimension of its own: it is looked for by words only.
      const fits =
        words.every((word) => textOf(item).includes(word)) &&
        ("measure" in item.dataset || chosen.every(({ name, whole, values }) => whole || values.has(item.dataset[name])));
      item.hidden = !fits;
      shown += fits;
    }
    for (const group of all("[data-group]").reverse()) {
      group.hidden = !all("[data-item]", group).some((item) => !item.hidden) && all("[data-item]", group).length > 0;
    }
    one("shown").textContent = shown;
    one("total").textContent = items.length;
    one("hidden").hidden = shown === items.length;
  };

  const reset = () => {
    search.value = "";
    for (const { boxes } of filters) for (const box of boxes) box.checked = true;
    apply();
  };

  // A link leads to what may be folded or hidden.
  const reveal = () => {
    const target = one(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) reset();
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
    if (target.tagName === "DETAILS") target.querySelector("summary").focus({ preventScroll: true });
  };

  const speak = (language) => {
    document.documentElement.lang = language;
    for (const button of all("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    }
  };

  // On paper nothing can be unfolded: findings are, the grave ones with what they rest on, and lists; the rest stays as it is.
  const grave = ".verdict :is(.conflict, .condition, .question) > .chain:not([open])";
  let folded = [];
  const print = () => {
    folded = all(`.verdict .said:not([open]), ${grave}, .list:not([open])`).filter((each) => !each.closest("[hidden]"));
    for (const each of folded) each.open = true;
  };

  search.addEventListener("input", apply);
  for (const { boxes } of filters) for (const box of boxes) box.addEventListener("change", apply);
  one("reset").addEventListener("click", reset);
  one("unfold").addEventListener("click", () => {
    for (const each of all("details:not([hidden])")) each.open = true;
  });
  one("fold").addEventListener("click", () => {
    for (const each of all("details")) each.open = false;
  });
  for (const button of all("[data-language]")) button.addEventListener("click", () => speak(button.dataset.language));
  addEventListener("hashchange", reveal);
  // The same link twice is no change of address.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) reveal();
  });
  addEventListener("beforeprint", print);
  addEventListener("afterprint", () => {
    for (const each of folded) each.open = false;
  });
  one("no-script").hidden = true;
  apply();
  reveal();
})();
