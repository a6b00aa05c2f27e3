"""What the language of packs means, as cases for any engine: see README.md beside this file."""
