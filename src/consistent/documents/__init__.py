"""Documents of the European Union: from a file in any format to text with a structure, and what it says of itself.

Nothing here knows rules, facts or reports; an import contract says so. What it offers:

- `reading`: `read_document`, from a file to a `Document`; `is_document`; `Format`, for plug-ins.
- `document`: `Document`, its parts and spans, and where a passage stands (`place_of`, `quote_of`).
- `places`: a place as a reader of English or Dutch is told it.
- `header`: what a document is, of when, by whom, on which legal bases.
- `provisions`: what each sentence of an act lays down, and the powers that it gives.
- `citing`: references to articles and acts.
- `words`: the words of each language, as data; `Language` and `CitationWords`, for plug-ins.
- `structure`, `formats`: from blocks to parts, and from bytes to blocks.

Each layer knows only those after it: `reading`; `formats`, `header` and `provisions`; `structure` and `citing`; `words`;
`document`; `places`.
"""
