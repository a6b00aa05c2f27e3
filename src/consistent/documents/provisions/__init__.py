"""The provisions of an act: sentences, what each lays down, what they amend, and the powers that they give.

`provisions.provisions_of` gives a `Provision` for each sentence, with its `sentences.Norm`, and where it is to stand if it is
put into another act; `empowerments.empowerments_of` the delegated and implementing acts that are provided for;
`time_limits.time_limits_of` when the act applies, and by when somebody must act; `quotations.quotations_of` the words that a
reader needs of it.
"""
