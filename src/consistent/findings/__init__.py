"""From truth values to a report.

- `case`: `Case`, a proposal with all that is needed to check it; `States`, the outcomes of its rules.
- `outcome`: what becomes of a rule and of a measure: names, order, labels (`OUTCOMES`, `LABELS`, `gravity`).
- `states`: `states`, outcomes by exceptions and superiority, one measure at a time; `settling`: `Settlement`, the same in bits.
- `judging`: `make_report`; `report`: `Report`; `said`: what it holds (`Finding`, `Open`, `Defeated`).
- `tracing`: `steps`, the tests that decided a condition; `wording`: how tests and values read.
- `judgement`: `judge`, the grade of each dimension; `waivers`: `apply_waivers`, which findings are accepted.
- `opposition`: `check_opposition`, rules that contradict each other; `survey`: `survey`, outcomes over a whole corpus.
"""
