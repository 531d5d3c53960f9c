"""Where people work: my work and the project overview."""
