"""Demonstration data: real place names, all else invented, made by the product's own actions in the order of time."""
