"""Runs of the commands for rule authors, one module each: read, work, write, give an exit code."""
