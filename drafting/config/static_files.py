"""Scripts, styles and fonts, answered by the site itself through WhiteNoise."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware


class WholeFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # it has no types
    """Answers with a file in one piece: Django would carry a streamed one over to ASGI block by block, and warn of it.

    The largest file is a font of some 100 kB.
    """

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        """Returns WhiteNoise's answer with its body read."""
        streamed = WhiteNoiseMiddleware.serve(static_file, request)
        body = b"".join(streamed)
        streamed.close()
        return HttpResponse(body, status=streamed.status_code, headers=streamed.headers)
