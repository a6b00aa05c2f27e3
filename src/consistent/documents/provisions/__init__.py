"""The provisions of an act: sentences, what each lays down, what they amend, and the powers that they give."""
