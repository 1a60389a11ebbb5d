"""What turns any prompt into a text that answers it; knows nothing of models, pieces or pauses."""
