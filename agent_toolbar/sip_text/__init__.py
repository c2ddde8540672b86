"""SIP messages and digest authentication as text and values; no socket, no clock."""
