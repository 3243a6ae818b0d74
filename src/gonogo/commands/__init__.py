"""The commands, a module each: options in, one call out."""

COMMANDS = ("check", "plan", "init", "explain", "policy", "attest", "verify", "schema")
