"""People's tables in, ranked matches out: CSV, Excel and JSON Lines as they really are."""
