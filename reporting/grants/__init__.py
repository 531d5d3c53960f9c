"""The grant of a project: what is promised, on which conditions, what is paid, and what stands in the way."""
