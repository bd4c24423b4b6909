"""The platform's memory: records, their changes, people and events, in SQLite or PostgreSQL."""
