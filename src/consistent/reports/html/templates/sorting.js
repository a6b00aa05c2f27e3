"use strict";
// Without this script the tables stand as they are, the gravest first; with it each column can be sorted by.
const said = document.getElementById("said");
for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => {
    const name = head.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.title = said.dataset.sort;
    button.textContent = name;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const first = body.rows.length ? body.rows[0].cells[column].dataset.sort : undefined;
      const numbers = first !== undefined;
      const usual = numbers ? "descending" : "ascending";
      const other = numbers ? "ascending" : "descending";
      const order = head.getAttribute("aria-sort") === usual ? other : usual;
      const sign = order === "ascending" ? 1 : -1;
      const by = (row) => row.cells[column];
      const compare = (one, two) => {
        if (!numbers) return by(one).textContent.trim().localeCompare(by(two).textContent.trim(), document.documentElement.lang);
        const left = BigInt(by(one).dataset.sort), right = BigInt(by(two).dataset.sort);
        return left < right ? -1 : left > right ? 1 : 0;
      };
      body.append(...Array.from(body.rows).sort((one, two) => sign * compare(one, two)));
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", order);
      said.textContent = `${said.dataset.sorted} ${name}, ${said.dataset[order]}`;
    });
  });
}
