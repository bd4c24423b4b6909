"""How a model is made: the order of the steps. Run as a process of its own; nothing imports it."""
