"""Who does what: programmes, projects, roles and rights."""
