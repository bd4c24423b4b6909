from hypothesis import settings

# A deadline would measure how busy the machine is. What CI presets (the same examples in every
# run) is kept.
settings.register_profile("house", parent=settings.default, deadline=None, max_examples=60)
settings.load_profile("house")
