"""Rules on what stands at the top of a document: info, servers, tags, and its texts."""
