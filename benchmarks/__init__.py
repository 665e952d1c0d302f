"""Measurements that are not tests: run from the project's folder as `python -m benchmarks.NAME`."""
