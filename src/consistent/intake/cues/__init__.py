"""What in a text says that a measure has a term of the vocabulary: data that ships as TOML, and its reader."""

from consistent.intake.cues.cue import Cue, Cues, Frame, Locator, Sample
from consistent.intake.cues.reading import read_cues, shipped_cues
from consistent.intake.provision_words.phrases import Phrase, PhraseError

__all__ = ["Cue", "Cues", "Frame", "Locator", "Phrase", "PhraseError", "Sample", "read_cues", "shipped_cues"]
