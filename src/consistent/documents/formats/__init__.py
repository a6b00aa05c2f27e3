"""Readers of file formats: bytes in, blocks of text out."""
