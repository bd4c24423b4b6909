"""What requests and answers look like: pydantic models, strict for what comes in."""
