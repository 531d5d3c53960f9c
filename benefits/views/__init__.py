"""Pages of effect targets, measurements and milestones, one module a noun."""
