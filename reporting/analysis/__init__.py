"""Analysis of a programme: figures made for exploring, each with its finding in words and its numbers as a table."""
