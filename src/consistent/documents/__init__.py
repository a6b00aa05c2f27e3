"""Documents of the European Union: from a file in any format to text with a structure, and what it says of itself."""
