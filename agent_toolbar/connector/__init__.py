"""Systems that are told by HTTP as a TOML manifest says: CRMs, and telephone systems with an API per user."""
