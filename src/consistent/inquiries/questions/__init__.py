"""What is open, as the smallest set of questions that settles the report; and the answers, written down.

- `questions`: `open_questions`, from a case to `OpenQuestions`; `foretell`, what becomes of each rule after an answer.
- `open_questions`: `OpenQuestions`, `Question` and `Answer`, as data.
- `pending`: `pending`, the open rules of a case; `Key`, the name of a field.
- `replying`: `reply`, from what is typed to what is then known; `recording`: `record`, that in the text of the proposal.
"""
