"""What `tests/faults` is made of: databases, a mail server, the program as a process, and the faults."""
