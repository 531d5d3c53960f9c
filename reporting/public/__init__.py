"""What everybody may see: front page, catalogue, public project page."""
