"""The source files of documents, behind signed links that expire.

Streamlit's own ways to hand out a file have no check at all: static files are public, media addresses last as long as a session.
The route exists only when the app runs through :mod:`kb.ui.server`; otherwise :func:`link` says so and pages offer a button.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import quote, unquote

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from kb.errors import KBError, SettingsError
from kb.retrieval.passage import DocumentId
from kb.services import library

PATH = "/files/{token}"
MAX_AGE_S = 3600  # a page left open over lunch still works; a link sent on by mail does not for long
SECRET_VARIABLE = "KB_SECRET"  # noqa: S105  # the name of it, so that several processes can share one
MIN_SECRET_CHARS = 32
INLINE = "application/pdf"  # the only type a browser may show from our address: it cannot run scripts against the app
_signer: URLSafeTimedSerializer | None = None


def start(secret: str = "") -> None:
    """Begin to sign links; called once by the server.

    Args:
        secret: shared by all processes; empty makes one for this process.

    Raises:
        SettingsError: if the secret is too short to be one.
    """
    global _signer  # one signer per process is the point
    secret = secret or os.environ.get(SECRET_VARIABLE, "") or secrets.token_urlsafe(MIN_SECRET_CHARS)
    if len(secret) < MIN_SECRET_CHARS:
        raise SettingsError(f"{SECRET_VARIABLE} has {len(secret)} characters; use at least {MIN_SECRET_CHARS} random ones.")
    _signer = URLSafeTimedSerializer(secret, salt="kb-document-file")


def stop() -> None:
    """Sign no more: every link made so far is void."""
    global _signer
    _signer = None


def link(document_id: DocumentId, *, page: int | None = None, download: bool = False) -> str | None:
    """Address of a document's file, relative to any page of the app; ``None`` when the route is not served.

    Args:
        document_id: of the document.
        page: a PDF opens there.
        download: save it instead of showing it.
    """
    if _signer is None:
        return None
    return (
        f"files/{quote(_signer.dumps(str(document_id)))}" + ("?download=1" if download else "") + (f"#page={page}" if page else "")
    )


async def serve(request: Request) -> Response:
    """Answer a signed link: PDF shown in place, anything else saved; 403 for a bad or old link, 404 for a file that is gone."""
    document_id = document_of(request.path_params["token"])
    if document_id is None:
        return PlainTextResponse("This link is not valid any more. Open the file again from the document's page.", status_code=403)
    try:
        path, media_type = await run_in_threadpool(_find, document_id, request)
    except KBError as error:
        return PlainTextResponse(str(error), status_code=404)
    inline = media_type == INLINE and "download" not in request.query_params
    return FileResponse(
        path,
        media_type=INLINE if inline else "application/octet-stream",
        filename=path.name,
        content_disposition_type="inline" if inline else "attachment",
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )


def document_of(token: str, *, max_age_s: int = MAX_AGE_S) -> DocumentId | None:
    """The document a token was signed for; ``None`` for a token that is forged, changed or older than ``max_age_s``."""
    if _signer is None:
        return None
    try:
        return DocumentId(str(_signer.loads(token, max_age=max_age_s)))
    except BadSignature:  # an expired one is a kind of it
        return None


def _find(document_id: DocumentId, request: Request) -> tuple[Path, str]:
    """The file, checked anew for the member whom the browser acts as: a link is no permission."""
    from kb.ui import state  # here, not above: Streamlit's caches want its runtime to be up

    member = state.member_called(unquote(request.cookies.get(state.MEMBER_COOKIE, "")))
    document = library.document(state.kb(), document_id, actor=member)
    return library.file(state.kb(), document_id, actor=member), document.media_type
