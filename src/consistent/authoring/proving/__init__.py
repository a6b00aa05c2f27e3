"""What holds of every proposal: rules translated for an SMT solver, and the questions that are put to it."""
