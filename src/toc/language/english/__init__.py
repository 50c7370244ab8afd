"""As much English grammar as three rules about titles need."""
