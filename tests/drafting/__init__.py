"""From documents to drafts of proposals."""
