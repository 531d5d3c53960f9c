"""What people may type on the pages of this app, one module a noun."""
