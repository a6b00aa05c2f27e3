"""What can be asked of a check beyond its report; most ask by checking again.

- `why`: `why_not`, why a rule did not apply.
- `questions`: `open_questions`, what must be known to settle a report, and the answers, written down.
- `repairs`: `find_repairs`, what must change for a finding to go.
- `differences`: `difference`, what an amendment changes, and what causes each change.
- `review`: `unconfirmed`, the values of a draft that await a person; `verdicts`: `Review`, what the person says of them.
- `edits`: `Edit` and `apply`, changes of a proposal.
"""
