"""Packs that were loaded before: kept under a key of their content, in a folder of the user's own (`docs/caching.md`)."""
