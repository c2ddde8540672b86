"""The toolbar's side of the engine process: starts it, watches it, speaks to it."""
