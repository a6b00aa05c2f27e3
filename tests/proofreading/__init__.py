"""Acts that are proofread: invented ones, and faults planted in them and in real ones."""
