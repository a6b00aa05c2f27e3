"""Which version of the library this is, and under what name it is installed; known of a checkout that is not installed too."""

__all__ = ["DISTRIBUTION", "__version__", "to_install"]

__version__ = "0.1.0"
# In the package index `consistent` is the name of somebody else's project.
DISTRIBUTION = "consistent-eu"


def to_install(extra: str) -> str:
    """The command that installs what an extra brings."""
    return f"pip install '{DISTRIBUTION}[{extra}]'"
