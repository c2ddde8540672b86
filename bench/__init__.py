"""Measurements of speed and size, each in its own module; `make bench` runs them all."""
