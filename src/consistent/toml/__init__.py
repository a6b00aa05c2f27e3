"""From TOML to the model, with every fault at its place."""
