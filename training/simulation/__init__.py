"""A synthetic platform whose truth is known: to test learning with, never to be called real."""
