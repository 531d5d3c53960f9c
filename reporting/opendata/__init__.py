"""Open data: what everybody may see, as files for machines at addresses that stay."""
