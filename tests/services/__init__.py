"""Saman as processes, against a PostgreSQL and a Redis of the tests' own."""
