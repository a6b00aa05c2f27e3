"""An appraisal of a Commission proposal (BNC-fiche, or another form) as a first draft: what a check knows, and a gap for what it cannot know.

Nothing else of the library knows of it: the form of reports (`forms.FICHE`) and the command (`command.add`) are found by
entry point. `making.fiche_of` makes a fiche of a dossier; `content` is what it consists of.
"""
