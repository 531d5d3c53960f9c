"""The operations page: whether the work by the clock is done, and what to do when it is not."""
