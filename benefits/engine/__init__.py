"""The engine: facts in, verdicts out. Plain Python and NumPy; no Django, clock, I/O or display text."""
