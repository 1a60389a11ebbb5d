"""What generating a document costs and gives, each step measured in a process of its own."""
