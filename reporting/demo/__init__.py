"""Demonstration data: real place names, everything else invented, made by the product's own actions in the order of time."""
