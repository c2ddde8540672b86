"""Ways to tell a telephone system that its agent is ready or not: adapters of application.ports.availability."""
