"""What a client must live with: documented errors, and trouble on the way."""
