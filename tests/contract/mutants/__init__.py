"""The contract suite, held to catch what is known to be wrong."""
