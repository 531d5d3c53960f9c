"""What is promised and measured: effect targets, measurements, milestones, and what the engine makes of them."""
