"""Which version of the library this is; known of a checkout that is not installed too."""

__all__ = ["__version__"]

__version__ = "0.1.0"
