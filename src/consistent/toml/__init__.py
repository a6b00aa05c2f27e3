"""TOML: files read and written (`files`, `tomlfile`), turned into classes (`structuring`), and changed in place (`rewriting`).

Proposals and waivers are read and written here too; every fault is told with the line that it stands on. `plugins` finds what
installed packages add.
"""
