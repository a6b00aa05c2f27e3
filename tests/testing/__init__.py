"""The toolkit for those who write rules."""
