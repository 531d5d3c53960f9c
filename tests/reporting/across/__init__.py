"""Reading across."""
