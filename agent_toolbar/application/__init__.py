"""Use cases, speaking only to ports. No Qt, sockets, threads or databases; GUI thread."""
