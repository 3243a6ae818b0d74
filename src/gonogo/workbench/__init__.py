"""The rule author's workbench: tests of a pack, what they cover, and what is odd in a pack."""
