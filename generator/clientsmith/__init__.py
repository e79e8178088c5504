"""Typed Python API clients from what API providers publish, vendored into your repository.

    specs/<provider>/ ─ load ─> Document ─ parse ─> Api ─ translate ─> Package ─ render ─> Files ─ write, check
                                positions,          meaning,           names,              text,           │
                                refs, merge,        no Python          annotations,        no              v
                                overlays            in it              imports, layout     decisions  generated/*/

`clientsmith.generate` and `clientsmith.check` do for one provider what the commands of the same name do for all.
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["__version__", "check", "generate"]

if TYPE_CHECKING:
    from clientsmith.run import check as check
    from clientsmith.run import generate as generate
else:

    def __getattr__(name: str) -> object:
        # Imported when it is used: an unchanged run must not import the stages.
        if name in ("check", "generate"):
            from clientsmith import run

            return getattr(run, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
