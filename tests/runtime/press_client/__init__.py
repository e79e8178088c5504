"""A package with jobs as the generator makes them, as far as the tests of waiting need one."""
