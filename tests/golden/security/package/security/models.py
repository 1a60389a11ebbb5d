"""The models of the API's components."""
