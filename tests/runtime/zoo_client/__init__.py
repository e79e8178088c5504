"""A package as the generator makes them, as far as the codec's tests need one."""
