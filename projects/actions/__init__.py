"""The writers of projects: set-up by administrators, and roles over time."""
