"""A project of providers: finding it, the settings and the lock of each of its providers."""
