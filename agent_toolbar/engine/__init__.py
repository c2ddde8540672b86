"""The engine process: SIP user agent and sound. The only importer of pjsua2."""
