"""Published models: immutable folders, and the one pointer that says which is current."""
