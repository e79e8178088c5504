"""A host of repositories on loopback, for the tests of pipelines: Git by `git http-backend`, and the requests of one
repository by the interfaces of GitHub and GitLab, as far as `pull-requests.sh` uses them.

What exists is looked at, and not what was called. The rules are those of the real hosts: one open request for a branch,
a branch that is there, 65536 characters of text.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

TOKEN = "t0ken"
"""What may push, and change requests."""

READER = "reader"
"""What a checkout has left: it may read the repository."""

GH = '''\
#!{python}
"""`gh api` and `gh pr ready`, as far as they are used, against the host of the tests; --jq is jq."""
import json, os, sys, urllib.error, urllib.request
import jq

command, *rest = sys.argv[1:]
method, data, expression, silent, endpoint = "GET", {{}}, "", False, ""
while rest:
    one = rest.pop(0)
    if one == "--method":
        method = rest.pop(0)
    elif one == "--jq":
        expression = rest.pop(0)
    elif one == "--silent":
        silent = True
    elif one in ("-f", "-F"):
        key, _, value = rest.pop(0).partition("=")
        if one == "-F":
            value = open(value[1:]).read() if value.startswith("@") else json.loads(value)
        data[key] = value
    elif command == "api" and not endpoint:
        endpoint = one.replace("{{owner}}", "acme").replace("{{repo}}", "shop")
    elif command == "pr" and one == "ready":
        endpoint, method = f"graphql/{{rest.pop(0)}}", "POST"
        data = {{"draft": rest == ["--undo"]}}
        rest, silent = [], True
    else:
        sys.exit(f"unknown argument: {{one}}")
headers = {{"Authorization": f"Bearer {{os.environ['GH_TOKEN']}}", "Content-Type": "application/json"}}
url = f"{{os.environ['GITHUB_SERVER_URL']}}/{{endpoint}}"
body = json.dumps(data).encode() if method != "GET" else None
try:
    answer = urllib.request.urlopen(urllib.request.Request(url, body, headers, method=method)).read().decode()
except urllib.error.HTTPError as error:
    sys.exit(f"gh: {{error.read().decode()}} (HTTP {{error.code}})")
if not silent:
    found = jq.compile(expression or ".").input_value(json.loads(answer)).all()
    print(*[one if isinstance(one, str) else json.dumps(one) for one in found], sep="\\n", end="\\n" if found else "")
'''


class Refused(Exception):
    """A request that the host refuses, with the status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class CodeHost:
    """The host of the repository acme/shop, which is a bare one in a folder.

    Attributes:
        requests: all pull requests, in the order of their numbers.
        has_drafts: whether there can be drafts.
        may_open: whether the token may open requests.
        pushed_by: the users who have pushed.
        before_push: what happens once before the next push is looked at.
    """

    def __init__(self, folder: Path) -> None:
        self.root = folder
        # A hook of Git has variables of its own.
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        self.repository = folder / "acme" / "shop.git"
        self.requests: list[dict[str, Any]] = []
        self.has_drafts, self.may_open = True, True
        self.pushed_by: list[str] = []
        self.before_push: Callable[[], object] = str
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(size)
                self.close_connection = True
                with suppress(OSError):
                    if self.path.startswith("/acme/shop.git/"):
                        self.git(body)
                        return
                    try:
                        status, answer = 200, host.answer(self.command, self.path, dict(self.headers.items()), body)
                    except Refused as error:
                        status, answer = error.status, {"message": str(error)}
                    self.reply(status, json.dumps(answer).encode(), {"Content-Type": "application/json"})

            do_GET = do_POST = do_PUT = do_PATCH = handle_one

            def reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def git(self, body: bytes) -> None:
                scheme, _, given = self.headers.get("Authorization", "").partition(" ")
                user, _, password = base64.b64decode(given).decode().partition(":") if scheme else ("", "", "")
                path, _, query = self.path.partition("?")
                is_push = "git-receive-pack" in self.path
                if password not in ((TOKEN,) if is_push else (TOKEN, READER)):
                    self.reply(401, b"", {"WWW-Authenticate": 'Basic realm="git"'})
                    return
                if is_push:
                    host.pushed_by.append(user)
                    happens, host.before_push = host.before_push, str
                    happens()
                done = subprocess.run(
                    ["git", "http-backend"], input=body, capture_output=True, check=True,
                    env={
                        **host.environment, "GIT_PROJECT_ROOT": str(host.root), "GIT_HTTP_EXPORT_ALL": "1",
                        "PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": self.command, "REMOTE_USER": user,
                        "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
                        "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                        "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                    },
                ).stdout  # fmt: skip
                head, _, content = done.partition(b"\r\n\r\n")
                headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
                self.reply(int(headers.pop("Status", "200").split()[0]), content, headers)

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

        self._server = Server(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def branches(self) -> dict[str, str]:
        """Returns the commits of the branches."""
        command = ["git", "branch", "--format=%(refname:short) %(objectname)"]
        done = subprocess.run(
            command, cwd=self.repository, env=self.environment, capture_output=True, text=True, check=True
        )
        return dict(line.split(" ") for line in done.stdout.splitlines())

    def open(self) -> list[dict[str, Any]]:
        """Returns the open requests of the own branches."""
        return [one for one in self.requests if one["open"] and not one["fork"]]

    def add(
        self, branch: str, title: str, body: str = "", *, draft: bool = False, fork: bool = False
    ) -> dict[str, Any]:
        """Returns a new request, which the rules of the hosts allow."""
        if not fork and any(one["head"] == branch for one in self.open()):
            raise Refused(422, "there is a request for this branch already")
        if not fork and branch not in self.branches():
            raise Refused(422, "there is no such branch")
        one = {
            "number": len(self.requests) + 1, "head": branch, "base": "main", "title": title, "open": True,
            "merged": False, "draft": draft, "fork": fork, "comments": list[str](),
            "sha": self.branches().get(branch, ""),
        }  # fmt: skip
        self._set_body(one, body)
        self.requests.append(one)
        return one

    def _set_body(self, one: dict[str, Any], body: str) -> None:
        if len(body) > 65536:
            raise Refused(422, "body is too long (maximum is 65536 characters)")
        one["body"] = body

    def _found(self, state: str, head: str) -> list[dict[str, Any]]:
        branches = self.branches()
        for one in self.requests:
            if one["open"] and not one["fork"] and one["head"] in branches:
                one["sha"] = branches[one["head"]]
        found = [one for one in self.requests if one["head"] == head and one["open"] == (state in ("open", "opened"))]
        return found[::-1]

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Any:
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query))
        token = headers.get("PRIVATE-TOKEN") or headers.get("Private-Token") or headers.get("Authorization", "")[7:]
        if token != TOKEN:
            raise Refused(401, "401 Unauthorized")
        path = unquote(parts.path)
        if path.startswith("/api/v4/projects/7/merge_requests"):
            rest = path.removeprefix("/api/v4/projects/7/merge_requests").strip("/").split("/")
            return self._gitlab(method, rest, query, dict(parse_qsl(body.decode(), keep_blank_values=True)))
        return self._github(method, path.strip("/").split("/"), query, json.loads(body) if body else {})

    def _github(self, method: str, path: list[str], query: dict[str, str], data: dict[str, Any]) -> Any:
        match method, path:
            case "GET", ["repos", "acme", "shop", "pulls"]:
                owner, _, head = query["head"].partition(":")
                assert owner == "acme"
                found = [one for one in self._found(query["state"], head) if not one["fork"]]
                return [
                    {
                        "number": one["number"], "title": one["title"], "merged_at": "now" if one["merged"] else None,
                        "head": {"sha": one["sha"]},
                    }
                    for one in found[: int(query.get("per_page", "30"))]
                ]  # fmt: skip
            case "POST", ["repos", "acme", "shop", "pulls"]:
                if not self.may_open:
                    raise Refused(403, "GitHub Actions is not permitted to create or approve pull requests.")
                if data.get("draft") and not self.has_drafts:
                    raise Refused(422, "Draft pull requests are not supported in this repository.")
                assert data["base"] == "main"
                return self.add(data["head"], data["title"], data["body"], draft=data.get("draft", False))
            case "PATCH", ["repos", "acme", "shop", "pulls", number]:
                one = self.requests[int(number) - 1]
                one["title"] = data["title"]
                self._set_body(one, data.get("body", one["body"]))
                one["open"] = data.get("state", "open") == "open"
                return {}
            case "POST", ["repos", "acme", "shop", "issues", number, "comments"]:
                self.requests[int(number) - 1]["comments"].append(data["body"])
                return {}
            case "POST", ["graphql", number]:
                if data["draft"] and not self.has_drafts:
                    raise Refused(422, "Draft pull requests are not supported in this repository.")
                self.requests[int(number) - 1]["draft"] = data["draft"]
                return {}
            case _:
                raise Refused(404, f"{method} {path}")

    def _gitlab(self, method: str, path: list[str], query: dict[str, str], data: dict[str, str]) -> Any:
        title = data.get("title", "")
        match method, path:
            case "GET", [""]:
                return [
                    {
                        "iid": one["number"], "title": one["title"], "sha": one["sha"], "target_project_id": 7,
                        "state": "opened" if one["open"] else "closed", "source_project_id": 8 if one["fork"] else 7,
                    }
                    for one in self._found(query["state"], query["source_branch"])
                    if not one["merged"]
                ]  # fmt: skip
            case "POST", [""]:
                if not self.may_open:
                    raise Refused(403, "403 Forbidden")
                assert data["target_branch"] == "main"
                one = self.add(data["source_branch"], title.removeprefix("Draft: "), data["description"])
                one["draft"] = title.startswith("Draft: ")
                return {"iid": one["number"]}
            case "PUT", [number]:
                one = self.requests[int(number) - 1]
                one["title"], one["draft"] = title.removeprefix("Draft: "), title.startswith("Draft: ")
                self._set_body(one, data.get("description") or str(one["body"]))
                one["open"] = data.get("state_event") != "close"
                return {}
            case "POST", [number, "notes"]:
                self.requests[int(number) - 1]["comments"].append(data["body"])
                return {}
            case _:
                raise Refused(404, f"{method} {path}")
