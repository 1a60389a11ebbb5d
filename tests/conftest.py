"""Settings of Hypothesis for every test."""

from hypothesis import HealthCheck, settings

# Machines that run tests are shared: neither a slow example nor a slow first one is a failure.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")
