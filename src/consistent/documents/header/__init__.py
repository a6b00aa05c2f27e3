"""The header of a document: what it is, of when, by whom, and on which legal bases."""
