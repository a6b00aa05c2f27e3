"""Proposals on which given conditions hold and others do not: a solver over compiled rules."""
