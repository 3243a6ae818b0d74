"""Manifests: the vocabulary of facts, and reading them."""
