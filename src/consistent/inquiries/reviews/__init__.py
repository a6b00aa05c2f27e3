"""What of a draft no person has confirmed yet, and what becomes of it when a person looks."""
