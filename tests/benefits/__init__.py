"""Targets, measurements, milestones and verdicts."""
