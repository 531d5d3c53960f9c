"""The only writers of rounds, reports, submissions and reviews."""
