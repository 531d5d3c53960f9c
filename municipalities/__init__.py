"""Where: counties and municipalities with their codes over time."""
