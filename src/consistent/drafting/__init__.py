"""From a document to a drafted proposal: every value with the passage that it was read in, and none confirmed.

It knows documents, the model and its vocabularies, and nothing that judges. `draft.draft_of` gives a `Draft`; `draft_data` is
what of it is printed as JSON; `candidates` are the measures of an act, found by `cues`; `document_kind` says whether a document
can be drafted as a proposal at all.
"""
