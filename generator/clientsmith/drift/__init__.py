"""Drift: what changed between two editions of an API, and whether that breaks a Python caller.

    paths --> sides --+-- wire: their documents ------+--> differences --> report (in `cli`)
                      +-- client: their public names -+

`comparison` goes through these. Levels come from the table in `rules`; the level of a change of the document follows
the client as it comes out.
"""
