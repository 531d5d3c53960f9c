"""The mirror of the code: tests/<app>/test_<thing>.py, and the rooms that cut across apps."""
