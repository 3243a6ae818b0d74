"""Values and the logic of what is known of them."""
