// Run by Node when the folder is built: Python with all that the pages import, and the packs, as it is in memory once they are loaded.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [parts, site, target] = process.argv.slice(2);
const part = (name) => new Uint8Array(readFileSync(join(parts, name)));
const module = (name) => import(pathToFileURL(join(parts, name)).href);
const { grammar } = await import("./grammar.mjs");
const read = await grammar(await module("web-tree-sitter.js"), part("web-tree-sitter.wasm"), part("tree-sitter-toml.wasm"));
const { loadPyodide } = await module("pyodide.mjs");
const python = await loadPyodide({ _makeSnapshot: true, env: { HOME: "/home/pyodide", CONSISTENT_CACHE: "off" } });
for (const entry of readdirSync(site, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name), own = `/site${path.slice(site.length)}`;
  if (entry.isDirectory()) python.FS.mkdirTree(own);
  else {
    python.FS.mkdirTree(own.replace(/\/[^/]*$/, ""));
    python.FS.writeFile(own, new Uint8Array(readFileSync(path)));
  }
}
python.globals.set("read_text", read);
try {
  python.runPython(`
    import gc, sys
    sys.path.insert(0, "/site")
    from consistent.web.browser.starting import read_with, started
    read_with(read_text)
    bench = started("/work")
    # No function of JavaScript is kept with what is in memory.
    read_with(None)
    del read_text
    gc.collect()
  `);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
// What was let go is filled with zeros, which take no room once they are packed.
const { _malloc, _free } = python._module, room = python._module.HEAPU8.length, held = [], size = 240;
for (let place = _malloc(size); python._module.HEAPU8.length === room; place = _malloc(size)) {
  python._module.HEAPU8.fill(0, place, place + size);
  held.push(place);
}
held.forEach((place) => _free(place));
writeFileSync(join(target, "snapshot"), python.makeMemorySnapshot());
