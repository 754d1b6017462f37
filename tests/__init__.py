"""Tests stand by module; `conftest` has what they share."""
