"""What is told: the top of the house, reads everything."""
