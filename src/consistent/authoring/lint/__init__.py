"""What does no work: rules that a corpus never or nearly always meets, facts and terms that nothing reads."""
