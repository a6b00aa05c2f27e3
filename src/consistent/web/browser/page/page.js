"use strict";
// The page around the workbench: it hands the parts of Python to a worker, and what the pages ask for too.
(() => {
  const one = (selector) => document.querySelector(selector);
  const parts = {};
  let worker, number = 0, waiting = new Map(), kept = false, at = "";

  const unpacked = (text) => new Response(
    new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream("gzip")),
  ).text();
  const begin = async () => {
    const script = new Blob([await unpacked(parts["worker.mjs"])], { type: "text/javascript" });
    worker = new Worker(URL.createObjectURL(script));
    worker.onmessage = ({ data: { id, said, wrong } }) => {
      const { done, failed } = waiting.get(id);
      waiting.delete(id);
      if (wrong) failed(new Error(wrong)); else done(said);
    };
    worker.onerror = (event) => fail(new Error(event.message || "worker"));
    return tell("start", parts);
  };
  const tell = (task, ...given) => new Promise((done, failed) => {
    waiting.set(++number, { done, failed });
    worker.postMessage({ id: number, task, given });
  });
  const fail = (error) => {
    console.error(error);
    one("#why").textContent = error.message;
    document.body.dataset.state = "failed";
  };

  const save = (bytes, name, type) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  // What is shown stands in a frame of its own, new for each page; the address of it stands behind the # of this one.
  const put = (html) => {
    const old = one("iframe"), frame = document.createElement("iframe");
    frame.title = one("title").dataset.frame;
    old.replaceWith(frame);
    const shown = frame.contentDocument;
    frame.contentWindow.workbench = workbench;
    shown.open();
    frame.contentWindow.workbench = workbench;
    shown.write(html.replaceAll('"/static/', '"static/').replace("<script ", '<script src="page/frame.js"></script><script '));
    shown.close();
    document.title = shown.title;
    document.documentElement.lang = shown.documentElement.lang;
    frame.focus();
  };
  const show = async (address, method = "GET", headers = {}, body = null) => {
    let { status, headers: told, body: content } = await tell("ask", method, address, headers, body);
    const head = new Map(told);
    if (status >= 300 && status < 400) return show(head.get("location"));
    const called = /filename\*=UTF-8''([^;]+)/.exec(head.get("content-disposition") || "");
    if (called) return save(content, decodeURIComponent(called[1]), head.get("content-type"));
    at = address;
    if (decodeURI(location.hash.slice(1)) !== decodeURI(address)) location.hash = address;
    put(new TextDecoder().decode(content));
  };
  window.addEventListener("hashchange", () => {
    const address = location.hash.slice(1) || "/";
    if (decodeURI(address) !== decodeURI(at)) show(address).catch(fail);
  });

  // What htmx asks with, as far as it does.
  class Request extends EventTarget {
    upload = new EventTarget();
    #headers = {};
    #told = [];
    open(method, address) { [this.method, this.address] = [method.toUpperCase(), address]; }
    overrideMimeType() {}
    setRequestHeader(name, value) { this.#headers[name.toLowerCase()] = String(value); }
    getResponseHeader(name) { return new Map(this.#told).get(name.toLowerCase()) ?? null; }
    getAllResponseHeaders() { return this.#told.map(([name, value]) => `${name}: ${value}\r\n`).join(""); }
    abort() {}
    async send(body) {
      try {
        const said = await packed(body);
        if (this.address === "/stop") return await stop();
        const { status, headers, body: content } = await tell("ask", this.method, workbench.whole(this.address), { ...said.headers, ...this.#headers, ...said.headers }, said.body);
        this.#told = headers;
        const to = this.getResponseHeader("hx-redirect");
        if (to) return await show(to);
        Object.assign(this, { status, readyState: 4, responseURL: "", response: new TextDecoder().decode(content) });
        this.responseText = this.response;
        this.onload();
      } catch (error) {
        console.error(error);
        this.onerror();
      }
    }
  }
  const packed = async (body) => {
    if (body === null || body === undefined) return { headers: {}, body: null };
    const held = new Response(body);
    return { headers: { "content-type": held.headers.get("content-type") }, body: new Uint8Array(await held.arrayBuffer()) };
  };
  // Who stops a reading ends the worker, and begins another: what was saved is in the browser.
  const stop = async () => {
    if (!kept) return;
    worker.terminate();
    waiting = new Map();
    document.body.dataset.state = "loading";
    await begin();
    document.body.dataset.state = "ready";
    await show("/");
  };

  const workbench = {
    Request,
    whole: (address) => { const url = new URL(address, `http://workbench${at}`); return url.pathname + url.search; },
    go: (address = at) => show(workbench.whole(address)).catch(fail),
    send: async (address, method, data) => {
      if (method === "GET") return workbench.go(`${workbench.whole(address).split("?")[0]}?${new URLSearchParams(data)}`);
      const said = await packed(data);
      return show(workbench.whole(address), method, said.headers, said.body).catch(fail);
    },
  };

  one("#all").addEventListener("click", async () => save((await tell("archive")).body, "consistent.zip", "application/zip"));
  one("#clear").addEventListener("click", async () => {
    if (!confirm(one("#clear").dataset[document.documentElement.lang])) return;
    await tell("clear");
    await workbench.go("/");
  });

  window.deliver = (name, text) => { parts[name] = text; };
  window.addEventListener("load", async () => {
    try {
      const beginning = performance.now();
      ({ kept } = await begin());
      document.body.dataset.kept = kept ? "yes" : "no";
      const asked = location.hash.slice(1);
      const language = navigator.language.startsWith("nl") ? "nl" : "en";
      await tell("ask", "GET", `/?lang=${language}`, {}, null);
      await show(asked.startsWith("/") ? asked : "/").catch(() => show("/"));
      document.body.dataset.seconds = ((performance.now() - beginning) / 1000).toFixed(1);
      document.body.dataset.state = "ready";
    } catch (error) {
      fail(error);
    }
  });
})();
