"""The proof: whole documents generated and imported, every operation sent and answered."""
