"""A resource whose name is longer than the sixty characters of a file."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class AResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile(Resource):
    """`client.a_resource_whose_name_is_longer_than_the_sixty_characters_of_a_file`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /a_resource_whose_name_is_longer_than_the_sixty_characters_of_a_file

        Safe to send again."""
        return self._core.send_none(_GET, options)


class AsyncAResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile(AsyncResource):
    get = asynchronous(AResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile.get)


_GET = Operation(
    "d",
    "GET /a_resource_whose_name_is_longer_than_the_sixty_characters_of_a_file",
    {"204": {}},
)
