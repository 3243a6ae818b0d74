"""What would change a verdict: edges, questions, dates."""
