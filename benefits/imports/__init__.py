"""Measurements from a file: which column is what, what is to be said of each row, and a file to begin with."""
