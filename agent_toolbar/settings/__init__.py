"""Settings in a file and secrets in the system's keyring."""
