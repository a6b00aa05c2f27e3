"""What is open, as the smallest set of questions that settles the report; and the answers, written down."""
