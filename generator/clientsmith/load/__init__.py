"""Load: everything that a provider publishes becomes one `Document`.

    files ─ source ─> trees ─ pages ─> fragments ─ merge ─> one tree ─ overlay ─ references, upgrade ─> Document

- load        the order of the steps
- source      text to values (json_text, yaml_text), positions on demand
- folder      which files may be opened
- pages       documentation pages to OpenAPI fragments
- merge       fragments of one provider to one document, with the origin of every part
- overlay     OpenAPI Overlay 1.0 and 1.1
- references  files that a `$ref` needs, read once; what does not resolve
- rewriting   references written in another way, or replaced by their targets
- upgrade     versions; schemas of 3.0 as 3.1
- grammar     which object is allowed where
- document    the result: values by address, references as edges, positions
- marks       `x-source` and `x-assumed` out of the document, as data for `claims`
- validation  the verdict of openapi-spec-validator
- tree        JSON values, and what the readers share

Only here are files read and text parsed; only here is a `$ref` followed from file to file.
"""
