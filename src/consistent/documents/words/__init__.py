"""The words of each language, as data that ships as TOML, compiled to patterns: of structure, headers, citations, provisions."""
