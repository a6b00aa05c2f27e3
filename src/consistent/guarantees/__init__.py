"""What a pack promises of every proposal, whatever else that says."""
