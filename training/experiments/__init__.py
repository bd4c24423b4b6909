"""What learning, bias correction and fair plans come to on a synthetic platform."""
