"""What the work pages ask the database, one module a page."""
