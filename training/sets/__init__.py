"""The sets a quality claim is measured on, read into cases: one module a set."""
