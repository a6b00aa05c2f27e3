// Python, in a worker: made of the parts that the page hands over, and asked by it. Nothing is fetched.
const read = async (text) => {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Uint8Array(await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
};
const module = (bytes) => import(URL.createObjectURL(new Blob([bytes], { type: "text/javascript" })));

let python, bench, asked, kept = false;
const sync = (first) => new Promise((done, failed) => python.FS.syncfs(first, (error) => (error ? failed(error) : done())));

// The folder of work is kept in this browser, where it lets a page keep anything.
const keep = async () => {
  python.FS.mkdirTree("/work");
  try {
    await new Promise((done, failed) => {
      const asked = indexedDB.open("consistent");
      asked.onsuccess = () => { asked.result.close(); done(); };
      asked.onerror = failed;
    });
    python.FS.mount(python.FS.filesystems.IDBFS, {}, "/work");
    await sync(true);
    kept = true;
  } catch {
    kept = false;
  }
};

const start = async (texts) => {
  const parts = Object.fromEntries(await Promise.all(Object.entries(texts).map(async ([name, text]) => [name, await read(text)])));
  // What Python asks for while it starts is at hand.
  self.fetch = async (address) => new Response(parts[String(address).split("/").pop()], { headers: { "Content-Type": "application/wasm" } });
  const { grammar } = await module(parts["grammar.mjs"]);
  const [{ loadPyodide }, { default: create }, sitter] = await Promise.all(["pyodide.mjs", "pyodide.asm.mjs", "web-tree-sitter.js"].map((name) => module(parts[name])));
  python = await loadPyodide({
    indexURL: "https://page.invalid/",
    lockFileContents: new TextDecoder().decode(parts["pyodide-lock.json"]),
    env: { HOME: "/home/pyodide", CONSISTENT_CACHE: "off" },
    _loadSnapshot: parts.snapshot,
    createPyodideModule: async (settings) => {
      const made = await create(settings);
      // So much memory is needed; whatever is allocated in it is overwritten.
      made._malloc(parts.snapshot.length);
      return made;
    },
  });
  const head = new DataView(parts.site.buffer).getUint32(0);
  const index = JSON.parse(new TextDecoder().decode(parts.site.subarray(4, 4 + head)));
  let at = 4 + head;
  for (const [name, size] of index) {
    const path = `/site/${name}`;
    python.FS.mkdirTree(path.replace(/\/[^/]*$/, ""));
    python.FS.writeFile(path, parts.site.subarray(at, at + size));
    at += size;
  }
  await keep();
  self.read_text = await grammar(sitter, parts["web-tree-sitter.wasm"], parts["tree-sitter-toml.wasm"]);
  python.runPython("from consistent.web.browser.starting import read_with\nfrom js import read_text\nread_with(read_text)");
  bench = python.globals.get("bench");
  asked = python.runPython("from consistent.web.browser.running import asked\nasked");
  return { kept };
};

const ask = async (method, address, headers, body) => {
  const answer = asked(bench, method, address, headers, body);
  const [status, told, content] = answer.toJs();
  answer.destroy();
  if (method !== "GET" && kept) await sync(false);
  return { status, headers: told, body: content };
};

const tasks = {
  start,
  ask,
  archive: async () => ({ body: bench.archive().toJs() }),
  clear: async () => {
    bench.clear();
    if (kept) await sync(false);
    return {};
  },
};
// One after another: Python does one thing at a time.
let last = Promise.resolve();
self.onmessage = ({ data: { id, task, given } }) => {
  last = last.then(async () => {
    try {
      self.postMessage({ id, said: await tasks[task](...given) });
    } catch (error) {
      self.postMessage({ id, wrong: String((error && error.stack) || error) });
    }
  });
};
