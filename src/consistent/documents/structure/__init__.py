"""The structure of a document: acts, chapters, articles, paragraphs, points, told from its lines."""
