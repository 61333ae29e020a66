import Foundation

/// An endpoint in a process of its own, written in Python's standard library alone, whose model and whose troubles are switched while
/// it runs: what a check has to tell apart. It ends with the process that started it.
package final class WatchedEndpoint: @unchecked Sendable {
  package enum Mode: String, CaseIterable, Sendable {
    /// The model: each prompt has one answer, but those that say "pick", which have eight.
    case steady
    /// One prompt in twenty is answered otherwise.
    case changed
    /// Another model altogether.
    case replaced
    /// The answers of each hour differ: unstable without a change.
    case moody
    /// Every second request fails, whatever is asked.
    case half
    /// Every request fails.
    case failing
    /// A success that is an error.
    case errorInside
    /// A success without an answer.
    case empty
    /// An answer that comes too late.
    case slow
    /// One probe is never answered.
    case silentProbe
    /// The same model behind another name and a longer template.
    case renamed
    /// Another model behind another name and a longer template.
    case migrated
    /// One prompt in twenty is answered otherwise, and a tenth of all requests are told to come back.
    case changedAndLimited
    /// The model, behind something that answers every third request with a page of its own, when it first comes.
    case pages
    /// Three answers of ten are empty.
    case blank
    /// Every fifth answer is that of a server which has no time.
    case overloaded
    /// The key is refused.
    case locked
    /// The key may not do this.
    case forbidden
    /// The same words in bold.
    case bold
    /// One prompt in twenty is answered otherwise, and every answer takes a while.
    case changedAndSlow
    /// Prompts that say "tie" are answered by the first of their two answers only.
    case untied
    /// Answers come from a cache whose entries live for four requests of a prompt.
    case cached
  }

  private let process = Process()
  private let folder: URL
  package let port: Int

  /// Requests that were answered or not, so far.
  package var requests: Int {
    (try? String(contentsOf: folder.appendingPathComponent("log"), encoding: .utf8))?.count ?? 0
  }

  /// What was posted to `/hook/STATUS`, after a line with the Authorization that came with it; nil if nothing was.
  package var notice: String? { try? String(contentsOf: folder.appendingPathComponent("hook"), encoding: .utf8) }

  package init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("endpoint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", Self.script, folder.path]
    let output = folder.appendingPathComponent("port")
    try Data().write(to: output)
    try Data(Mode.steady.rawValue.utf8).write(to: folder.appendingPathComponent("mode"))
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    let end = Date().addingTimeInterval(30)
    var found: Int?
    while found == nil, Date() < end, process.isRunning {
      let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
      if text.hasSuffix("\n") { found = Int(text.dropLast()) }
      if found == nil { Thread.sleep(forTimeInterval: 0.02) }
    }
    guard let found else { throw NotStarted() }
    port = found
  }

  package struct NotStarted: Error {}

  package func become(_ mode: Mode) throws {
    try Data(mode.rawValue.utf8).write(to: folder.appendingPathComponent("mode"), options: .atomic)
    try Data().write(to: folder.appendingPathComponent("log"))
  }

  package func stop() {
    // A child of a test may have inherited that it ignores a request to end.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  private static let script = #"""
    import hashlib, http.server, json, os, random, sys, threading, time
    folder = sys.argv[1]
    lock = threading.Lock()
    count = 0
    again = {}
    cache = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65536
        def log_message(self, *args): pass
        def do_POST(self):
            global count
            data = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path.startswith("/hook"):
                open(folder + "/hook", "w").write((self.headers["Authorization"] or "") + "\n" + data.decode())
                return self.reply(int(self.path[-3:]), {})
            body = json.loads(data)
            with lock:
                count += 1
                number = count
                open(folder + "/log", "a").write(".")
            mode = open(folder + "/mode").read()
            prompt = body["messages"][-1]["content"]
            code = int(hashlib.sha256(prompt.encode()).hexdigest(), 16)
            draw = random.Random(body["seed"])
            if mode == "slow": time.sleep(3)
            if mode == "changedAndSlow": time.sleep(0.1)
            if mode == "failing" or mode == "half" and draw.random() < 0.5 or mode == "silentProbe" and prompt.endswith(" 3?"):
                return self.reply(500, {"error": {"message": "no", "type": "server_error", "code": None}})
            if mode == "errorInside":
                return self.reply(200, {"error": {"message": "upstream is gone", "type": "server_error", "code": 500}})
            if mode == "locked":
                return self.reply(401, {"error": {"message": "Incorrect API key", "type": "invalid_request_error", "code": "invalid_api_key"}})
            if mode == "forbidden":
                return self.reply(403, {"error": {"message": "Forbidden", "type": "invalid_request_error", "code": None}})
            # Not by the request's own draw: it would be the same again. Not by the number of the request: which ones are
            # on their way at once is chance, and a test's outcome would be.
            with lock:
                times = again[mode, data] = again.get((mode, data), 0) + 1
                chance = random.Random(b"%d %s" % (times, data)).random()
            if mode == "changedAndLimited" and chance < 0.1:
                return self.reply(429, {"error": {"message": "Rate limit reached", "type": "rate_limit_error", "code": None}})
            if mode == "pages" and times == 1 and chance < 0.33:
                return self.page("<!DOCTYPE html><html><body>Bad gateway</body></html>")
            if mode == "empty":
                return self.reply(200, {"object": "chat.completion", "choices": []})
            voice = "b" if mode in ("replaced", "migrated") or mode in ("changed", "changedAndLimited", "changedAndSlow") and prompt.endswith(" 7?") else "a"
            if mode == "moody": voice = "m" + str(body["seed"] % 1 + number // 90)
            kinds = 8 if prompt.startswith("Pick") else 1
            choice = min(int(draw.expovariate(0.6)), kinds - 1) if draw.random() < 0.97 else 9
            text = "%s%d-%d" % (voice, code % 997, choice)
            if mode == "cached":
                with lock:
                    age, kept = cache.get(prompt, (4, text))
                    text = kept if age < 4 else text
                    cache[prompt] = (1 if age >= 4 else age + 1, text)
            if mode == "blank" and draw.random() < 0.3: text = ""
            if mode == "overloaded" and draw.random() < 0.2: text = "The service is temporarily overloaded, please try again."
            if mode == "bold": text = "**%s**" % text
            if prompt.startswith("Tie"): text = "left" if mode == "untied" or random.random() < 0.5 else "right"
            renamed = mode in ("renamed", "migrated")
            self.reply(200, {
                "id": "x", "object": "chat.completion", "created": 1, "model": "m-2" if renamed else "m-1",
                "system_fingerprint": "fp_b" if renamed else "fp_a",
                "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
                "usage": {"prompt_tokens": len(prompt.split()) + (40 if renamed else 0), "completion_tokens": 3, "total_tokens": 9}})
        def reply(self, status, value):
            self.send(status, json.dumps(value).encode(), "application/json")
        def page(self, text):
            self.send(200, text.encode(), "text/html")
        def send(self, status, data, kind):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            try: self.wfile.write(data)
            except OSError: pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    parent = os.getppid()
    def watch():
        while os.getppid() == parent: time.sleep(1)
        os._exit(0)
    threading.Thread(target=watch, daemon=True).start()
    server.serve_forever()
    """#
}
