"""Which version of the library this is, and under what name it is installed; known of a checkout that is not installed too."""

__all__ = ["DISTRIBUTION", "__version__", "extra_of", "to_install"]

__version__ = "0.1.0"
# In the package index `consistent` is the name of somebody else's project.
DISTRIBUTION = "consistent-eu"

# By the name of what is imported, the extra that brings it; what has a message of its own is not among them.
_EXTRAS = {
    "docx": "fiche",
    "docxtpl": "fiche",
    "hypothesis": "examples",
    "lxml": "documents",
    "numpy": "corpora",
    "pypdfium2": "documents",
    "snowballstemmer": "documents",
}


def extra_of(missing: ModuleNotFoundError) -> str | None:
    """The extra that brings what could not be imported; None where none does."""
    return _EXTRAS.get((missing.name or "").partition(".")[0])


def to_install(extra: str) -> str:
    """The command that installs what an extra brings."""
    return f"pip install '{DISTRIBUTION}[{extra}]'"
