"""How often the engine is wrong: its rules and forecasts tried on made-up series whose truth is known (seeded)."""
