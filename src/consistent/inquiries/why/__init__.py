"""Why not: what became of a rule on each measure."""
