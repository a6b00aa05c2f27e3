"""Which conditions of rules the tests of a pack put to the test, and which of them decided an outcome."""
