"""What every generated client shares: it sends a described operation and reads its answer."""
