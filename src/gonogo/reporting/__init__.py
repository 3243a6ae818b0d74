"""Outcomes to a report in words."""
