"""The provisions of an act: sentences, what each lays down, what they amend, and the powers that they give.

`provisions.provisions_of` gives a `Provision` for each sentence, with its `norms.Norm`; `empowerments.empowerments_of` the
delegated and implementing acts that are provided for; `amendments` what is put into other acts; `sentences` the parts of a sentence.
"""
