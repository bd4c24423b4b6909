"""Work that takes longer than a request: the queue, the worker, the schedule."""
