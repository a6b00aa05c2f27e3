"""Rules as written, and compiled to what an engine has to find out.

As written:

- `conditions`: the syntax tree (`Condition` and its kinds), with `walk`, `tests_in` and `rebuilt`.
- `reading`: `ConditionReader`, from TOML to that tree; `loading`: `load_rules`, from a pack's files to rules.
- `rule`: `Rule`, `select_rules`, `find_rule`; which rules defeat which (`stronger`, `reached`).
- `guarantees`: `Guarantee`, what holds of every proposal, and `load_guarantees`.

Compiled, in disjunctive normal form:

- `program`: `Program` and the questions (columns) that it asks; `FactLookup`, the facts of a day; `ask`, the meaning of one test.
- `compiling`: `compile_rules`, from rules to a program.
- `clauses`: `truth_of`, what a condition in normal form comes to on one proposal; `decide`, the same for a rule.
- `reads`: which fields and facts a rule reads, as written (`reads_of`) and compiled (`readings`).
"""
