"""Part of the runtime of a generated client. 0BSD: use it as you like.

Ordinary typed modules on the standard library alone. How a call travels, from top to
bottom:

    client.Core.call(Call)         which operation, which values
      operation.request_for        URL, headers and body (styles, multipart, codec)
      security.authorised          credentials of the first requirement that can be met
      retry.exchange               attempts, backoff, deadline: a flow of effects
        flow.run / run_async       the drivers that carry effects out
          transport                stdlib_http, httpx_adapter or testing.FakeTransport
      response.value_of, error_for the decoded value, or the error of that status
"""
