"""Reads a model by running the code that builds and trains it on tensors without numbers."""
