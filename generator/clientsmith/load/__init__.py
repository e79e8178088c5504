"""Load: everything a provider publishes becomes one `Document`.

    files ─ source ─> trees ─ pages ─> fragments ─ merge ─> one tree ─ overlay ─ upgrade ─> Document

- source    text to values (YAML 1.2 core, JSON), positions on demand
- pages     documentation pages to OpenAPI fragments
- refs      files that `$ref`s lead to, read once, inside the provider's folder only
- merge     fragments of one provider to one document, with the source of everything
- overlay   OpenAPI Overlay 1.0 and 1.1
- upgrade   3.0 spelled as 3.1
- document  the result: values by address, references as edges, positions
- marks     `x-source` and `x-assumed` out of the document, as data for `claims`

Only here are files read and text parsed; only here is `$ref` followed from file to file.
"""
