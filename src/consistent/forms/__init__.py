"""Forms in which governments and parliaments appraise a proposal, as data: folders of TOML, each with a Word template where it needs one.

`form` is what a form says, `reading` makes it of TOML with every fault at its line, `finding` knows which there are: those of `shipped`,
those of installed packages, and any folder. What fills them is `consistent.fiche`.
"""
