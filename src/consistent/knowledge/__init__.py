"""Packs but for their rules: where they are (`packs`), which one is used (`settings`), and what they know (`entries`).

`reading.read_knowledge` reads vocabularies, facts (`facts`), principles and positions of a pack and of those that it builds on.
"""
