"""What would have to change for a finding to go."""
