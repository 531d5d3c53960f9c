"""Who does what: programmes, cohorts, themes, projects and roles over time."""
