"""Rules on components and the references to them."""
