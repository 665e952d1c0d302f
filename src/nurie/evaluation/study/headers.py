"""Headers that keep pages to themselves: nothing from other hosts, nothing to other hosts, nothing kept by browsers."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PICTURE_TYPE = "image/png"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""For a picture that is opened by itself: browsers fit it into the window by a style of their own."""


def with_headers(app: ASGIApp) -> ASGIApp:
    """Add to every response the headers that keep a page to itself; pages are never kept by browsers."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if headers.get("content-type") == PICTURE_TYPE:
                    headers["Content-Security-Policy"] = PICTURE_POLICY
                if headers.get("content-type", "").startswith("text/html") or "location" in headers:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await app(scope, receive, send_more)

    return wrapped
