"""How the outside reaches a running toolbar: the control socket and what its verbs do."""
