"""A desktop softphone toolbar for call-center agents."""

__version__ = "0.1.0"
