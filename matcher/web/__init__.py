"""The web: translates HTTP into actions, and errors into problem+json (RFC 9457)."""
