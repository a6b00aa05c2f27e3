"""Rules as written, and compiled to what an engine has to find out."""
