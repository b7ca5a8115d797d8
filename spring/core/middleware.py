"""What every request and response carries."""

import logging
from contextvars import ContextVar
from uuid import uuid4

from django.core.exceptions import BadRequest

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestId:
    """A number for each request, in the log and on the error page, so that the two can be matched."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid4().hex[:12]
        token = request_id.set(request.id)
        try:
            return self.get_response(request)
        finally:
            request_id.reset(token)


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class Utf8Only:
    """Other encodings are refused: some can spell characters that no database keeps."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        named = request.content_params.get("charset", "utf-8")
        if named.strip("\"'").lower() not in ("utf-8", "utf8", "us-ascii"):
            raise BadRequest("Forms are sent as UTF-8.")
        return self.get_response(request)


class PrivateResponses:
    """Nothing that a signed-in person saw stays in a cache, and no other site may embed it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if request.user.is_authenticated or request.method == "POST":
            response["Cache-Control"] = "no-store, private"
        return response
