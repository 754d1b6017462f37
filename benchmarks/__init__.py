"""Measurements: each module is a command that prints a table. Nothing here is asserted; tests are in tests/."""
