"""Any server, or what was recorded of one, held to the effective document."""
