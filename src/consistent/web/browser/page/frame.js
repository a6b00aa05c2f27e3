"use strict";
// In each page that is shown: what would ask a server asks the page around it.
(() => {
  const { workbench } = window;
  window.XMLHttpRequest = workbench.Request;
  const isElsewhere = (address) => /^[a-z][a-z0-9+.-]*:/i.test(address);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented) return;
    const address = link.getAttribute("href");
    if (address.startsWith("#")) return;
    if (isElsewhere(address)) {
      // A page of a source, which who reads this chose to open.
      Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
      return;
    }
    event.preventDefault();
    workbench.go(address);
  });
  window.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const form = event.target, data = new FormData(form, event.submitter);
    const address = form.getAttribute("action") || "";
    workbench.send(address, form.method.toUpperCase(), form.enctype === "multipart/form-data" ? data : new URLSearchParams(data));
  });
})();
