"""An endpoint on loopback that speaks the chat-completions protocol, and misbehaves as it is told."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[str, int], tuple[int, str]]  # what was asked, how often before → status, content


def answers(*said: tuple[str, str, str]) -> str:
    """Structured answers as a model would write them."""
    return json.dumps({"answers": [{"statement": s, "stance": stance, "quote": q} for s, stance, q in said]})


def letter_in(asked: str) -> str:
    return re.split(r"-----\n", asked)[1].strip().removesuffix("-----").strip()


class Endpoint:
    """``asked`` holds every letter that was sent, ``keys`` the keys that came with them."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.asked, self.keys = answer, [], []
        self.url = ""

    def respond(self, body: dict, key: str) -> tuple[int, dict]:
        users = [m["content"] for m in body["messages"] if m["role"] == "user"]
        text = next(u for u in map(_text, users) if "-----" in u)
        self.asked.append(letter_in(text))
        self.keys.append(key)
        status, content = self.answer(letter_in(text), len(self.asked))
        if status != 200:
            return status, {"error": {"message": content, "type": "server_error"}}
        message = {"role": "assistant", "content": content}
        return 200, {
            "id": "c1",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
        }


def _text(content: object) -> str:
    return content if isinstance(content, str) else " ".join(part.get("text", "") for part in content)


@contextmanager
def endpoint(answer: Answer):
    """Serve until the end of the block."""
    told = Endpoint(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, plain = told.respond(body, self.headers.get("Authorization", ""))
            data = json.dumps(plain).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except (BrokenPipeError, ConnectionResetError):
                pass  # who asked has given up waiting

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
