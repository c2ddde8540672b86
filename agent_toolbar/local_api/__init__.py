"""The WebSocket for pages of the CRM, on 127.0.0.1 only."""
