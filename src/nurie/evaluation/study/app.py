"""The addresses of the pages, and what they do.

    GET  /               what it is about               POST /start   begin a series
    GET  /rate           the first set without answers  POST /rate/N  keep the answers to the N-th set
    GET  /rate/N         the N-th set of this rater     POST /finish  submit
    GET  /resume/TOKEN   go on, on another device       GET  /picture/ID

Who a rater is says a random token in a cookie. Addresses hold positions in the rater's own series and random ids of
pictures, so nothing tells which method made what.
"""

import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from nurie.evaluation.study import pages
from nurie.evaluation.study.database import AlreadySubmittedError, Rater, StudyDatabase
from nurie.evaluation.study.display import is_wide
from nurie.evaluation.study.headers import PICTURE_TYPE, with_headers
from nurie.evaluation.study.settings import SCALE, StudySettings

COOKIE = "rater-{}"
"""With the id of the study, since browsers don't tell ports apart."""

COOKIE_AGE = 180 * 24 * 3600  # seconds

TOKEN = re.compile(r"[\w-]{22}", re.ASCII)

MAX_BODY = 10_000
"""Bytes of a form: some hundred times what there is to say."""

Form = Mapping[str, str]


@dataclass(frozen=True)
class Study:
    """The pages of one study."""

    settings: StudySettings
    database: StudyDatabase
    pictures: Mapping[str, Path]
    """The copies by their ids."""

    def app(self) -> ASGIApp:
        """Give the ASGI application."""
        routes = [
            Route("/", self.welcome),
            Route("/start", self._posted(self.start), methods=["POST"]),
            Route("/rate", self.go_on),
            Route("/rate/{position:int}", self.show),
            Route("/rate/{position:int}", self._posted(self.rate), methods=["POST"]),
            Route("/finish", self.finish),
            Route("/finish", self._posted(self.submit), methods=["POST"]),
            Route("/resume/{token}", self.resume),
            Route("/picture/{id}", self.picture),
            Mount("/static", StaticFiles(packages=[("nurie.evaluation.study", "static")])),
        ]
        handlers = {HTTPException: self._refused, sqlite3.OperationalError: self._busy}
        return with_headers(Starlette(routes=routes, exception_handlers=handlers))  # type: ignore[arg-type]

    def welcome(self, request: Request) -> Response:
        """Say what it is about; who has submitted is not asked to begin again."""
        rater = self._rater(request)
        if rater and rater.submitted:
            return _go_to("/finish")
        return HTMLResponse(pages.welcome_page(self.settings, rater, str(request.base_url)))

    def start(self, request: Request, form: Form) -> Response:
        """Begin; the token is in the form, so that sending it twice begins once."""
        token = form.get("token", "")
        if not TOKEN.fullmatch(token):
            raise HTTPException(400, "That was no start of a series. Please begin on the first page.")
        self.database.add_rater(token)
        return self._go_on_as(token)

    def resume(self, request: Request) -> Response:
        """Take up a series on another device."""
        rater = self.database.find_rater(request.path_params["token"])
        if rater is None:
            raise HTTPException(404, "There is no series at this address. Please begin on the first page.")
        return self._go_on_as(rater.token)

    def go_on(self, request: Request) -> Response:
        """Go to the first set without answers, or to the end."""
        rater = self._rater(request)
        return _go_to("/" if rater is None else _following(rater))

    def show(self, request: Request) -> Response:
        """Show a set: any up to the first without answers."""
        rater, position = self._rater(request), request.path_params["position"]
        if rater is None or not _within_reach(rater, position):
            return _go_to("/rate")
        return self._item(rater, position)

    def rate(self, request: Request, form: Form) -> Response:
        """Keep the answers to a set, and go on to the next."""
        rater, position = self._rater(request), request.path_params["position"]
        if rater is None or not _within_reach(rater, position):
            return _go_to("/rate")
        scores = self._scores(form)
        if len(scores) < len(self.settings.questions):
            return self._item(rater, position, scores)
        try:
            self.database.answer(rater.number, position, scores)
        except AlreadySubmittedError:
            return _go_to("/finish")
        return _go_to("/finish" if position == rater.total else f"/rate/{position + 1}")

    def finish(self, request: Request) -> Response:
        """Ask to submit, or say thanks."""
        rater = self._rater(request)
        if rater is None or rater.next:
            return _go_to("/rate")
        page = pages.thanks_page(self.settings) if rater.submitted else pages.finish_page(self.settings, rater)
        return HTMLResponse(page)

    def submit(self, request: Request, form: Form) -> Response:
        """Close the series."""
        rater = self._rater(request)
        if rater is None or rater.next:
            return _go_to("/rate")
        self.database.submit(rater.number)
        return _go_to("/finish")

    def picture(self, request: Request) -> Response:
        """Send a picture, without a header that says when its copy was made."""
        file = self.pictures.get(request.path_params["id"])
        if file is None:
            raise HTTPException(404, "There is no such picture.")
        return Response(file.read_bytes(), media_type=PICTURE_TYPE, headers={"Cache-Control": "private, max-age=86400"})

    @property
    def _cookie(self) -> str:
        return COOKIE.format(self.database.study)

    def _rater(self, request: Request) -> Rater | None:
        token = request.cookies.get(self._cookie, "")
        return self.database.find_rater(token) if TOKEN.fullmatch(token) else None

    def _item(self, rater: Rater, position: int, half: Mapping[str, int] | None = None) -> Response:
        """Show a set; `half` an answer is asked for again."""
        page = self.database.show(rater.number, position)
        item = pages.ItemPage(
            position,
            page,
            draft=f"{self.database.study}-{rater.number}-{position}",
            wide=is_wide(self.pictures[page.pictures[0]]),
            scores=page.answers if half is None else half,
            error="" if half is None else "Please choose a number for each question.",
        )
        return HTMLResponse(pages.item_page(self.settings, rater, item), 200 if half is None else 422)

    def _scores(self, form: Form) -> dict[str, int]:
        allowed = {str(score): score for score in SCALE}
        given = {question.name: form.get(question.name, "") for question in self.settings.questions}
        return {name: allowed[value] for name, value in given.items() if value in allowed}

    def _go_on_as(self, token: str) -> Response:
        response = _go_to("/rate")
        response.set_cookie(self._cookie, token, max_age=COOKIE_AGE, httponly=True, samesite="lax")
        return response

    def _posted(self, work: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
        """Read the form before `work`, which may wait for the disk and so runs in a thread."""

        async def endpoint(request: Request) -> Response:
            body = b""
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_BODY:
                    raise HTTPException(413, "That was more than a form of this page holds.")
            form = {key: values[0] for key, values in parse_qs(body.decode("utf-8", "replace")).items()}
            return await run_in_threadpool(work, request, form)

        return endpoint

    def _refused(self, request: Request, error: HTTPException) -> Response:
        ours = error.detail != HTTPStatus(error.status_code).phrase
        text = error.detail if ours else "There is nothing to see at this address."
        return HTMLResponse(pages.message_page(self.settings, "Not here", text), error.status_code, error.headers)

    def _busy(self, request: Request, error: sqlite3.OperationalError) -> Response:
        text = "The answer could not be kept just now. Please go back and send it once more."
        return HTMLResponse(pages.message_page(self.settings, "Not kept", text), 503)


def _go_to(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303)


def _following(rater: Rater) -> str:
    return "/finish" if rater.next is None or rater.submitted else f"/rate/{rater.next}"


def _within_reach(rater: Rater, position: int) -> bool:
    return not rater.submitted and 1 <= position <= (rater.next or rater.total)
