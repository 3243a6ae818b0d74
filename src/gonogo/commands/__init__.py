"""The commands: one module each, with its options. Nothing is decided here."""
