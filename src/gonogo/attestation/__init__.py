"""Statements that others can check: what a verdict rests on, as in-toto writes it. No I/O."""
