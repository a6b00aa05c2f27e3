"""What is judged: proposals, measures, what is known of them, and in which words."""
