"""The benefit map as a drawing and as chains: plain Python over ids, which knows nothing of the database."""
