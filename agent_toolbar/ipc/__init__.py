"""Owner-only local sockets and bounded JSON lines, for the engine pipe and the control socket. Standard library only."""
