"""For those who write rules: strategies, properties and the tests of a pack."""
