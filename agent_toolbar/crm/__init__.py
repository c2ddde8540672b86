"""Contacts: the local index, its importers and look-ups."""
