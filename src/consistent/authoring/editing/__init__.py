"""Files as editors have them: what is wrong with each, what would mend it, and how it is laid out."""
