"""Upstream: what providers publish now, compared with what is vendored. Only this package uses the network.

    address -- fetching --> answer -- contents --> content -- judging --> result -- writing --> files and lock

- addresses    which addresses may be fetched, and how they are shown
- connections  names resolved, checked, and connected to
- fetching     one exchange: conditions, redirects, limits
- contents     what a text is, apart from its form
- judging      two editions compared, and whether the new one can be believed
- indexes      llms.txt and api-catalog
- looking      the steps for each source of a provider
- results     what they found
- writing      the vendored files and the lock, together
"""
