"""The life of a file."""
