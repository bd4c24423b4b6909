"""Settings of the property tests: a busy machine is no slow code, so examples have no deadline."""

from hypothesis import settings

settings.register_profile("domain", settings(), deadline=None, max_examples=60)
settings.load_profile("domain")
