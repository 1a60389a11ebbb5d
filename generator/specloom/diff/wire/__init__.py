"""What changed in what is sent, but for schemas."""
