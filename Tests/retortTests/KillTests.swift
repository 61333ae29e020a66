import Formats
import Foundation
import TestSupport
import Testing

/// `kill -9` at random moments, then going on. What is in the file is read by another program: sqlite3 of Python.
@Suite(
  "Killing a run", .serialized, .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"),
  .timeLimit(.minutes(3)))
struct KillTests {
  /// Rows of a case file, and the requests that llmock saw (if a port is given) but the file does not hold.
  private static let audit = """
    import json, sqlite3, sys, urllib.request
    from collections import Counter
    db = sqlite3.connect(sys.argv[1])
    plan = db.execute("select count(*) from plan").fetchone()[0]
    # An item, the bytes that it was asked with, and what was answered.
    counted = [(order, bytes(body).decode(), json.loads(answer)["text"]) for order, body, answer in db.execute(
        "select planned_order, content, answer from attempt join blob on digest = request where outcome <> 'failed'")]
    attempts = [bytes(body).decode() for body, in db.execute("select content from attempt join blob on digest = request")]
    lost = db.execute("select count(*) from attempt where failure like '%interrupted%'").fetchone()[0]
    canonical = lambda value: json.dumps(value, sort_keys=True)
    unstored = []
    if len(sys.argv) > 2:
        with urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[2]}/_llmock/requests") as reply:
            seen = Counter(canonical(r["body"]) for r in json.load(reply)["requests"])
        unstored = sorted((seen - Counter(canonical(json.loads(a)) for a in attempts)).elements())
    print(json.dumps({"plan": plan, "counted": len(counted), "items": len({c[0] for c in counted}), "lost": lost,
        "attempts": len(attempts), "unstored": unstored, "journal": sorted(counted),
        "in_flight": db.execute("select count(*) from in_flight").fetchone()[0]}))
    """

  private func audited(_ file: String, port: Int? = nil) throws -> JSONValue {
    let arguments = [file] + (port.map { ["\($0)"] } ?? [])
    return try #require(JSONValue(parsing: Array(try IndependentPython.run(Self.audit, arguments: arguments))))
  }

  /// - Parameter ports: the models take them in turn.
  private func configuration(ports: [Int], probes: Int, temperature: Double) throws -> String {
    let folder = try CommandTests.folder()
    func model(_ number: Int) -> String {
      let port = ports[number % ports.count]
      return "{model: m\(number), endpoint: {url: \"http://127.0.0.1:\(port)/v1\", model: m\(number)}}"
    }
    let lines = (0..<probes).map { #"{"id":"p\#($0)","prompt":"Question \#($0)?"}"# + "\n" }
    try FileBytes.write(lines.joined().utf8, to: "\(folder)/probes.jsonl")
    try FileBytes.write(
      """
      seed: 9
      suspect: \(model(0))
      candidates: [\(model(1))]
      cohort: [\((2..<6).map(model).joined(separator: ", "))]
      probes: [probes.jsonl]
      samples: 2
      sampling: {max_tokens: 12, temperature: \(temperature), logprobs: true}
      """.utf8, to: "\(folder)/case.yaml")
    return folder
  }

  /// Starts a run and kills it after a while; at the end of the last, lets it finish.
  private func run(_ folder: String, killing waits: [Duration]) async throws -> (kills: Int, errors: String) {
    let arguments = ["run", "\(folder)/case.yaml", "--no-check", "--progress", "none"]
    var kills = 0
    for wait in waits {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: CommandTests.program)
      process.arguments = arguments
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      try await Task.sleep(for: wait)
      if process.isRunning { kills += 1 }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit(orAfter: 600)
    }
    let last = try CommandTests.retort(arguments)
    #expect(last.status == 0, "\(last.errors)")
    return (kills, last.errors)
  }

  private func expectWhole(_ audit: JSONValue) {
    #expect(audit["counted"] == audit["plan"] && audit["items"] == audit["plan"], "each item has one counted answer")
    #expect(audit["in_flight"]?.integer == 0)
  }

  @Test("after kill -9 at random moments each item has one counted answer, and every request sent is in the file")
  func faults() async throws {
    try await PythonServer.serving("faults.py", ["latency_ms=40"]) { ports in
      let killed = try configuration(ports: ports, probes: 15, temperature: 1)
      let run = try await run(killed, killing: (0..<14).map { .milliseconds(Int.random(in: 60...450 + 100 * $0)) })
      let audit = try audited("\(killed)/case.retort", port: ports[0])
      expectWhole(audit)
      #expect(run.kills >= 3, "killed while it ran")
      #expect(audit["lost"]?.integer ?? 0 > 0, "requests were in flight when it was killed")
      #expect(audit["attempts"]?.integer == (audit["plan"]?.integer ?? 0) + (audit["lost"]?.integer ?? 0))
      #expect(audit["unstored"]?.array == [], "sent, but not in the file")

      let whole = try configuration(ports: ports, probes: 15, temperature: 1)
      _ = try await self.run(whole, killing: [])
      let other = try audited("\(whole)/case.retort")
      #expect(other["lost"]?.integer == 0 && other["attempts"] == other["plan"])
      #expect(other["journal"] == audit["journal"], "the same bytes were asked and the same was answered")
    }
  }

  @Test("Ctrl-\\ ends a run by its signal, at once and without a page of words, and the run goes on as after any end")
  func quit() async throws {
    try await PythonServer.serving("faults.py", ["latency_ms=40"]) { ports in
      let folder = try configuration(ports: ports, probes: 15, temperature: 1)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: CommandTests.program)
      process.arguments = ["run", "\(folder)/case.yaml", "--no-check", "--progress", "none"]
      try FileBytes.write([], to: "\(folder)/errors")
      process.standardOutput = FileHandle.nullDevice
      process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/errors"))
      try process.run()
      let end = ContinuousClock.now + .seconds(60)
      while !FileBytes.exists("\(folder)/case.retort"), process.isRunning, ContinuousClock.now < end {
        try await Task.sleep(for: .milliseconds(5))
      }
      kill(process.processIdentifier, SIGQUIT)
      process.waitUntilExit(orAfter: 60)
      #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGQUIT)
      let errors = String(decoding: try FileBytes.read("\(folder)/errors"), as: UTF8.self)
      #expect(!errors.contains("crashed"), "\(errors)")
      _ = try await run(folder, killing: [])
      expectWhole(try audited("\(folder)/case.retort"))
    }
  }

  @Test("the same with two models behind llama.cpp, whose answers are drawn")
  func llama() async throws {
    try await PythonServer.serving("llama.py", ["1", "2"]) { ports in
      let killed = try configuration(ports: ports, probes: 8, temperature: 0)
      let run = try await run(killed, killing: (0..<4).map { _ in .milliseconds(Int.random(in: 50...250)) })
      let audit = try audited("\(killed)/case.retort")
      expectWhole(audit)
      #expect(run.kills >= 2)
      let whole = try configuration(ports: ports, probes: 8, temperature: 0)
      _ = try await self.run(whole, killing: [])
      let other = try audited("\(whole)/case.retort")
      #expect(other["journal"] == audit["journal"])
    }
  }
}
