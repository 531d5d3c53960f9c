"""Rules about the code itself, so that the house cannot erode silently."""
