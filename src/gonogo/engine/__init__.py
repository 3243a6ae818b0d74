"""The interpreter: facts and a pack to outcomes and a verdict."""
