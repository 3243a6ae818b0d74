"""Packs: the types of policy, and reading them."""
