"""What in a text says that a measure has a term of the vocabulary: data that ships as TOML, and its reader."""

from consistent.documents.words.phrases import Phrase, PhraseError
from consistent.drafting.cues._cue_files import read_cues, shipped_cues
from consistent.drafting.cues.cue import Cue, Cues, Frame, Locator, Sample

__all__ = ["Cue", "Cues", "Frame", "Locator", "Phrase", "PhraseError", "Sample", "read_cues", "shipped_cues"]
