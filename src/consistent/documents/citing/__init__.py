"""References to articles and acts, as citations and provisions write them, read into places; legal bases."""
