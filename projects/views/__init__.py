"""Set-up pages for administrators."""
