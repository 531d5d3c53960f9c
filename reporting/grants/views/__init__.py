"""The pages of the grant record."""
