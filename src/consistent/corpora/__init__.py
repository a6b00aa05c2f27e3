"""Many proposals: read as a stream, checked in slices, on one processor or many, and written in the order of the input.

Offered to programs: `running.run` checks a corpus; `sources.open_corpus` and `sources.Inputs` are what it takes, `sinks.open_sink`,
`sinks.Stream` and `sinks.JsonLinesFile` where it writes, and `cluster.cluster` the workers of a Dask scheduler.

A run goes one way: a source (`sources`, `parquet`) gives items, which are cut into slices (`_items`); each is read and checked
(`_checking`), by worker processes if wanted (`_executing`, `cluster`), and the results (`_results`) are written to a sink (`sinks`,
`parquet`). `_resuming` keeps a checkpoint beside the output, from which a run that was stopped is resumed; `running` puts all of it
together.
"""
