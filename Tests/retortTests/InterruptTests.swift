import CaseFile
import Cases
import DemoModels
import Formats
import Foundation
import TestSupport
import Testing

/// Against the demo's server, with a latency that leaves time to interrupt.
@Suite("Interrupting a run", .serialized)
struct InterruptTests {
  /// A run as a process of its own.
  private struct Running: @unchecked Sendable {
    let process = Process()
    let folder: String

    init(_ arguments: [String]) throws {
      folder = try CommandTests.folder()
      for name in ["out", "err"] { try FileBytes.write([], to: "\(folder)/\(name)") }
      process.executableURL = URL(fileURLWithPath: CommandTests.program)
      process.arguments = arguments
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/out"))
      process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/err"))
      try process.run()
    }

    var errors: String { (try? FileBytes.read("\(folder)/err")).map { String(decoding: $0, as: UTF8.self) } ?? "" }

    func wait(until condition: () -> Bool = { false }) async throws {
      let end = ContinuousClock.now + .seconds(60)
      while process.isRunning, !condition() {
        guard ContinuousClock.now < end else { throw CancellationError() }
        try await Task.sleep(for: .milliseconds(10))
      }
    }
  }

  private func serve<Result: Sendable>(_ body: @Sendable (_ port: Int) async throws -> Result) async throws -> Result {
    let model = DemoWorld.train(DemoWorld.independent)
    let models = Dictionary(uniqueKeysWithValues: ["s", "t", "a", "b", "c", "d"].map { ($0, model) })
    return try await withModelServer(models: models, seed: 1, latency: .milliseconds(150), body: body)
  }

  private func answered(_ file: String) throws -> Int {
    let store = try CaseStore.open(at: file)
    defer { try? store.close() }
    return try store.contents().transcripts.values.reduce(0) { $0 + $1.responses.count }
  }

  @Test("Ctrl-C finishes what is in flight, ends with 130 and the command to go on; going on completes")
  func interrupt() async throws {
    try await serve { port in
      let folder = try CommandTests.folder()
      let file = try CommandTests.configuration(port: port, in: folder, extra: "samples: 4")
      let running = try Running(["run", file, "--progress", "json"])
      try await running.wait { running.errors.contains("\"answered\"") }
      running.process.interrupt()
      try await running.wait()
      #expect(running.process.terminationStatus == 130, "\(running.errors)")
      #expect(running.process.terminationReason == .exit)
      #expect(running.errors.contains("finishing what is in flight"))
      #expect(running.errors.contains("to go on: retort run \(file)\n"), "\(running.errors)")
      let some = try answered("\(folder)/case.retort")
      #expect(some > 0 && some < 72)
      #expect(running.errors.contains("\(72 - some) of 72 answers are missing"), "\(running.errors)")
      // Nothing in flight was cut short: every attempt is an answer.
      #expect(running.errors.contains("\(some) attempts in this run, 0 of them failed"), "\(running.errors)")

      let estimate = try CommandTests.retort(["run", file, "--dry-run", "--json"])
      #expect(JSONValue(parsing: estimate.output)?["calls"]?.integer == 72 - some, "\(estimate.errors)")
      #expect(JSONValue(parsing: estimate.output)?["answered"]?.integer == some)
      let share = try #require(JSONValue(parsing: estimate.output)?["answer_share"]?.number)
      #expect(share > 0 && share <= 1 && share != 0.5)
      if IndependentPython.isHere { #expect(try Schemas.violations(of: estimate.output, "estimate") == "") }

      let prices = "\(folder)/prices.yaml"
      try FileBytes.write("currency: EUR\nprices: [{host: '127.*', prompt: 2, completion: 10}]".utf8, to: prices)
      let again = try Running(["run", file, "--progress", "json", "--prices", prices, "--max-cost", "1"])
      try await again.wait()
      #expect(again.errors.contains(#/ tokens so far; cost so far: 0\.\d+ EUR\n/#), "\(again.errors)")
      #expect(again.process.terminationStatus == 0, "\(again.errors)")
      #expect(try answered("\(folder)/case.retort") == 72)
      #expect(again.errors.contains("\(72 - some) attempts in this run"), "only what was left was asked")
      let last = try #require(again.errors.split(separator: "\n").last { $0.hasPrefix("{") }.map(String.init))
      #expect(JSONValue(parsing: last)?["answered"]?.integer == 72)
      if IndependentPython.isHere { #expect(try Schemas.violations(of: last, "progress") == "") }
    }
  }

  @Test("a second Ctrl-C ends at once, and what was answered is stored")
  func twice() async throws {
    try await serve { port in
      let folder = try CommandTests.folder()
      let file = try CommandTests.configuration(port: port, in: folder, extra: "samples: 20")
      let running = try Running(["run", file, "--progress", "json"])
      try await running.wait { running.errors.contains("\"answered\"") }
      running.process.interrupt()
      try await running.wait { running.errors.contains("finishing what is in flight") }
      running.process.interrupt()
      try await running.wait()
      #expect(running.process.terminationStatus == 130)
      #expect(try answered("\(folder)/case.retort") > 0)
    }
  }

  @Test("a run that is complete does nothing when it is run again, and ends with 0")
  func complete() async throws {
    try await serve { port in
      let file = try CommandTests.configuration(port: port, in: try CommandTests.folder())
      for attempts in [18, 0] {
        let running = try Running(["run", file, "--progress", "none"])
        try await running.wait()
        #expect(running.process.terminationStatus == 0, "\(running.errors)")
        #expect(running.errors.contains("\(attempts) attempts in this run"), "\(running.errors)")
        #expect(!running.errors.contains("schema"))
      }
    }
  }
}
