"""llmock, a server that fails on demand and judges its client, on a free port of 127.0.0.1.

usage: faults.py [rpm=N] [context_window=N] [latency_ms=N]

Prints the port as a line of JSON; ends when standard input does.
"""
import json, os, socket, sys, threading

import uvicorn
from llmock.chaos import ChaosSettings
from llmock.main import create_app
from llmock.ratelimit import LimitSettings

options = {name: int(value) for name, value in (a.split("=") for a in sys.argv[1:])}
chaos = ChaosSettings(latency_ms=options.pop("latency_ms", 0))
app = create_app(chaos=chaos, limits=LimitSettings(**options))
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(256)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False))
print(json.dumps([listener.getsockname()[1]]), flush=True)
server.run(sockets=[listener])
