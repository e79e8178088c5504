"""A package as the generator makes them, as far as the runtime's tests need one."""
