"""Files to located trees."""
