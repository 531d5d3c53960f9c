"""The adviser's dashboard over a whole programme."""
