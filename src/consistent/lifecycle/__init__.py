"""The life of a file: the versions of one text in a folder, from proposal to act, and what became of positions and powers on the way.

- `file.File` is the front door: the versions in order, a `Step` between each and the next, and the two trails.
- `versions`: a `Version`, and which stage of the procedure it is; `ordering`: their order, from `file.toml` or from what they say of themselves.
- `reading`: what is read in a document once and kept: units, measures, powers, what the rules say.
- `positions` and `powers`: the trails; `fates`: what can become of either, as data with its words.
- `news`: what is new since last time; `atom`: the same as a feed. `file_text` and `file_json`: a file for a reader, and for a program.
"""
