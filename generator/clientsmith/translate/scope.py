"""What all parts of one resource module share while it is decided: its imports, and the names resolved before."""

from __future__ import annotations

from collections.abc import Mapping

from clientsmith import ir
from clientsmith.records import dataclass
from clientsmith.translate.annotations import AnnotationWriter, Imports
from clientsmith.translate.naming import Names
from clientsmith.view import Identifier


@dataclass(frozen=True, slots=True)
class Scope:
    """One resource module.

    Attributes:
        api: the whole API.
        names: gives names to arguments and methods.
        classes: declaration key to class name.
        attributes: model key to field address to attribute name.
        imports: of the module.
    """

    api: ir.Api
    names: Names
    classes: Mapping[str, Identifier]
    attributes: Mapping[str, Mapping[str, Identifier]]
    imports: Imports

    def writer(self, shadowed: frozenset[str] = frozenset()) -> AnnotationWriter:
        """Writes annotations where the names in `shadowed` are taken."""
        return AnnotationWriter(
            self.imports, self.classes, self.api.declarations, qualifier="models", shadowed=shadowed
        )

    def unqualified_writer(self) -> AnnotationWriter:
        """Writes annotations as strings, which the runtime resolves in the models; imports nothing."""
        return AnnotationWriter(Imports(), self.classes, self.api.declarations)
