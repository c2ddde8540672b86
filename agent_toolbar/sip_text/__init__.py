"""SIP messages, digest authentication and SRV records as text and values; no socket, no clock."""
