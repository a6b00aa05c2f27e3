"""What an amended text changes in the words of an act."""
