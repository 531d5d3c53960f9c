"""Pages people work from, one module a page."""
