"""From a document to a drafted proposal: formats, structure, header, empowerments, provisions, candidate measures."""
