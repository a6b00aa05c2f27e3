"""How the tests are run: how much they try, how long each may take, and what is said of those left out."""
