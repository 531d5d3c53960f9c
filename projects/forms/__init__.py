"""The forms of the set-up pages."""
