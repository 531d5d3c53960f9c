"""`make bench`: what the engine's work costs, as ratios in one run. Outside the suite; nothing here is asserted."""
