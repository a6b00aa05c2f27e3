"""What would have to change for a finding to go: abduction, over changes that can be asked for in Council.

- `repairs`: `find_repairs`, from a case to `Repairs`.
- `move_space`: `moves_for`, the changes among which is searched.
- `asking`: `Change`, one of them as a line for a negotiator.
"""
