"""A function's process, as on Lambda: it loads and runs a handler when its parent sends a line of JSON.

All its connections go to one TLS server, whatever their host.
"""

import importlib.util
import json
import os
import socket
import ssl  # noqa: F401 (Node's runtime has loaded its own, too)
import sys
import time

getaddrinfo = socket.getaddrinfo
socket.getaddrinfo = lambda host, port, *args, **kwargs: getaddrinfo(
    "127.0.0.1", int(os.environ["TLS_PORT"]), *args, **kwargs
)


def load(path):
    spec = importlib.util.spec_from_file_location("function", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answer(outcome):
    try:
        print(json.dumps(outcome), flush=True)
    except BrokenPipeError:
        os._exit(1)  # the parent is gone


answer("ready")
function = None
for line in sys.stdin:
    message = json.loads(line)
    error = None
    begin = time.perf_counter()
    try:
        if "path" in message:
            function = load(message["path"])
        else:
            function.handler(message["event"], None)
    except Exception as exception:
        error = {"name": type(exception).__name__, "message": str(exception)}
    answer({"time": (time.perf_counter() - begin) * 1000, "error": error})
