"""Every verb that a person or a script can say. Standard library only, so that a link click is dialled at once."""
