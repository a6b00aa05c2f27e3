"""Engines: a program and a proposal in, truth values out.

- `protocol`: `Engine`, what every engine does; `choosing`: `engine_named`, one by its name.
- `batch`: `Batch`, the result of an engine; `worlds`: `Worlds`, truth values as bits.
- `plain`: `PlainEngine`, the oracle; `evaluate`, the truth of one condition, and `Scene`, where it is evaluated.
- `columns`: `ColumnsEngine`, many proposals at once; `columns.corpus`: `Corpus`, proposals kept in columns.
- `durable`: `DurableEngine`, durable-rules; imported only where it can be.
"""
