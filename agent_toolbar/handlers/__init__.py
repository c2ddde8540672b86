"""Offers the toolbar to the system for links to telephone numbers. No Qt, so that the command line can do it alone."""
