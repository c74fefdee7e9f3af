"""The page's own files, with headers that keep everything on this machine."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "static"
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


class PageFiles:
    """`/` and everything under `/page/`."""

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        app.router.add_get("/", self.index)
        app.router.add_get("/favicon.ico", self.icon)
        app.router.add_get("/page/{path:.+}", self.file)

    async def index(self, _request: web.Request) -> web.StreamResponse:
        """The page."""
        return _answer(FOLDER / "index.html")

    async def icon(self, _request: web.Request) -> web.StreamResponse:
        """Browsers ask for it on their own."""
        return _answer(FOLDER / "icon.svg")

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A script, a style or a text."""
        path = (FOLDER / request.match_info["path"]).resolve()
        if not path.is_relative_to(FOLDER) or not path.is_file():
            return web.json_response({"error": "no such file"}, status=404)
        return _answer(path)


def _answer(path: Path) -> web.FileResponse:
    return web.FileResponse(path, headers={**HEADERS, "Content-Type": f"{TYPES[path.suffix]}; charset=utf-8"})
