"""Sign-in and the person's own account."""
