"""An endpoint of the OpenAI dialect behind TLS, on a free port of 127.0.0.1.

usage: tls.py CERTIFICATE.pem KEY.pem [1.0 | 1.1 | 1.2]

Speaks TLS 1.3, or that version alone. Prints the port as a line of JSON; ends when standard input does.
"""
import http.server, json, os, random, socketserver, ssl, sys, threading

WORDS = "the a of and to in is it was for on with as by at from that this an or be are not which one all".split()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        drawn = random.Random(json.dumps(asked, sort_keys=True))
        text = " ".join(drawn.choice(WORDS) for _ in range(30))
        body = json.dumps({"id": "x", "model": asked.get("model", ""), "choices": [{
            "index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}]}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, *_):  # a client that does not trust the certificate
        pass


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
if sys.argv[3:]:
    context.maximum_version = ssl.TLSVersion["TLSv" + {"1.0": "1"}.get(sys.argv[3], sys.argv[3].replace(".", "_"))]
    if sys.argv[3] < "1.2":
        context.minimum_version = context.maximum_version
        context.set_ciphers("ALL:@SECLEVEL=0")  # what such a server still takes
server = Server(("127.0.0.1", 0), Handler)
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print(json.dumps([server.server_port]), flush=True)
server.serve_forever()
