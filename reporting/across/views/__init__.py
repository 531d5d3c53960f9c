"""The pages for reading across."""
