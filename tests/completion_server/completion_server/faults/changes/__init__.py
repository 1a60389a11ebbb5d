"""What faults are made of: changes to a request, a service or a response."""
