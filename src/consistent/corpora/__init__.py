"""Many proposals: read as a stream, checked in slices, on one processor or many, and written in the order of the input.

A run goes one way: a source gives items (`sources`), these are cut into slices (`slices`), each is read and checked
(`checking`), in other processes if wanted (`executing`), and what was found is handed to a sink (`sinks`). `resuming` keeps
what is sure, so that a run that was stopped goes on where it was; `running` puts all of it together.
"""
