"""Packs: vocabulary, facts, principles and positions."""
