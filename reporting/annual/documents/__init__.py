"""A submitted report as files: PDF to read and keep, and a package for an archive."""
