"""What a person must say of a proposal that was read by machine until nothing is open: few questions about the act.

- `topics`: `topics_of`, from a case to `Topics`: which terms of which field what is open hangs on, and where.
- `interview`: `interview`, from a case to `Interview`: the questions in their order, each one screen; `in_turn` makes
  them one after another, the first at once.
- `replying`: from what somebody types to the answer that is meant.
- `taking`: from an answer to the file of the proposal, of which more is known then; `provisions`, `not_here`, `nowhere_else`,
  `rests_on` and `judged` are its kinds.
"""
