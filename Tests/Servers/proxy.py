"""A proxy on a free port of 127.0.0.1, and the endpoint behind it that answers for every host.

usage: proxy.py [USER:PASSWORD | refusing | looping]

A tunnel to whatever host ends at the endpoint, which answers with the Host header that it was asked with; what was asked of the
proxy is the endpoint's header x-tunnels. `refusing` gives nobody a tunnel; `looping` sends every tunnel to the proxy itself.
Prints the proxy's port as a line of JSON; ends when standard input does.
"""
import base64, http.server, json, os, socket, sys, threading

mode = sys.argv[1] if sys.argv[1:] else ""
tunnels = []


class Endpoint(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"] or 0))
        body = json.dumps({"host": self.headers["host"], "agent": self.headers["user-agent"]}).encode()
        self.send_response(200)
        self.send_header("x-request-id", " ".join(tunnels))
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def pump(source, target):
    try:
        while piece := source.recv(65536):
            target.sendall(piece)
    except OSError:
        pass
    try:
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def serve(client, endpoint, own):
    head = b""
    while b"\r\n\r\n" not in head:
        piece = client.recv(65536)
        if not piece:
            return
        head += piece
    lines = head.decode().split("\r\n")
    tunnels.append(lines[0])
    wanted = "proxy-authorization: basic " + base64.b64encode(mode.encode()).decode()
    if mode == "refusing" or not lines[0].startswith("CONNECT "):
        client.sendall(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
        return client.close()
    if ":" in mode and wanted.lower() not in head.decode().lower():
        client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n")
        return client.close()
    there = socket.create_connection(("127.0.0.1", own if mode == "looping" else endpoint))
    client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    threading.Thread(target=pump, args=(there, client), daemon=True).start()
    pump(client, there)


endpoint = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
threading.Thread(target=endpoint.serve_forever, daemon=True).start()
listener = socket.create_server(("127.0.0.1", 0))
own = listener.getsockname()[1]
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print(json.dumps([own]), flush=True)
while True:
    client, _ = listener.accept()
    threading.Thread(target=serve, args=(client, endpoint.server_port, own), daemon=True).start()
