"""From a document to a drafted proposal: what it is, candidate measures by cues, and the draft as TOML and as JSON."""
