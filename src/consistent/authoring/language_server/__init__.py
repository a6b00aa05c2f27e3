"""The language server, by which editors complete, mark and rename.

`places` and `completing` know one text, `symbols` names across files, `workspace` packs while they are written, `server` the protocol.
"""
