"""What the pages of this app ask the database, one module a page."""
