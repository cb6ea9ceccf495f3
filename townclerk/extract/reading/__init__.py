"""The first stage: any input becomes one Document."""
