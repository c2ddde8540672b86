"""Sentences from codes, in English and French."""
