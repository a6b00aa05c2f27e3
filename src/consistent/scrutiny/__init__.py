"""Scrutiny of a proposal by parliaments: by when, how many votes count, what to ask, and a first draft of a reasoned opinion.

- `clock`: terms that are counted from a day, without the days that do not count.
- `calendar`: every day that a proposal brings, also as a calendar file.
- `competence`: the legal bases with what the pack knows of them.
- `cards`: whether national parliaments can show a yellow or an orange card, and at how many votes.
- `dossier`: all of it as one text, with the questions of the grid and the arguments by kind.
"""
