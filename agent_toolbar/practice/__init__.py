"""The practice line: a small telephone exchange on loopback with customers who speak."""
