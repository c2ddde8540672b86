"""Owner-only local sockets and bounded JSON lines, for engine and control socket. Standard library only."""
