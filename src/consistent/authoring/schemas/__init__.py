"""JSON Schemas: of the TOML files that people write, for editors; made from the classes and from a loaded pack."""
