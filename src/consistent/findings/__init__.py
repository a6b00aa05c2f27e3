"""From truth values to a report."""
