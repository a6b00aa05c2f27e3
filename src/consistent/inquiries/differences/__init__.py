"""What an amended proposal or pack changes, and which amendment each change comes from."""
