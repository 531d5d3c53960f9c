"""Tests of the map as a drawing and as chains."""
