"""Plans: when a release is GO, what to change, what to wait for, and what is due by when."""
