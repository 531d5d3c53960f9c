"""How often a verdict may be wrong: the demands the engine is simulated against (source: statistics.md)."""

BEHIND_WRONG = 0.10  # of looks at a series that follows its plan
RELAPSE_WRONG_CALM = 0.03  # of gains that hold, ever within 24 months, noise 0.3 of the gain
RELAPSE_WRONG_NOISY = 0.05  # the same, noise 0.5 of the gain
RELAPSE_FOUND_CALM = 0.90  # of full falls, within three quarters, noise 0.3 of the gain
RELAPSE_FOUND_NOISY = 0.40  # the same, noise 0.5 of the gain
FORECAST_COVERED = (0.75, 0.85)  # of what comes lies within the 80 % interval
