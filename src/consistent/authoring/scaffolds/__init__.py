"""New files for people to fill in: a pack, a rule, a proposal, each of which passes the checks as it is made."""
