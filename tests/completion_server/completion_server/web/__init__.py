"""HTTP: routes, authentication, bodies, errors, event streams."""
