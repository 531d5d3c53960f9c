"""One municipality's page: its projects in the programmes, and the time they have freed there."""
