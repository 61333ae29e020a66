import Formats
import Foundation
import Synchronization
import TestSupport
import Testing

/// A case with the file of its likelihoods beside it, asked of a server that says what was planted.
@Suite("Likelihoods beside a case")
struct LikelihoodsBesideTests {
  /// Suspect, candidates and cohort, by the number of their voice.
  private static let names = ["s", "t", "u", "a", "b", "c", "d"]

  private static func text(_ voice: Int, _ prompt: Int) -> String {
    (0..<12).map { "v\(voice)w\((prompt * 7 + $0 * $0 * (voice + 2)) % 11) s\($0 % 5)" }.joined(separator: " ")
  }

  /// The server of llama.cpp as far as likelihoods need it: suspect and base behind `/s` and `/base`.
  private final class Model: Sendable {
    struct State {
      /// Bytes of a token.
      var piece = 4
      /// Texts that were taken apart.
      var parted = 0
      /// Grammars of other tokens than those of four bytes.
      var others = 0
    }

    let state = Mutex(State())

    /// A token's number is its bytes, the first the lowest.
    private static func numbers(_ bytes: [UInt8], piece: Int) -> [Int] {
      stride(from: 0, to: bytes.count, by: piece).map { start in
        bytes[start..<min(start + piece, bytes.count)].reversed().reduce(0) { $0 << 8 | Int($1) }
      }
    }

    private static func piece(_ number: Int) -> String {
      var (rest, bytes) = (number, [UInt8]())
      while rest > 0 {
        bytes.append(UInt8(rest & 0xFF))
        rest >>= 8
      }
      return String(decoding: bytes, as: UTF8.self)
    }

    func reply(_ request: RawServer.Request) -> RawServer.Reply {
      let asked = JSONValue(parsing: request.body) ?? .null
      if let text = asked["content"]?.string { return .of(Array(parted(text).canonical.utf8)) }
      let prompt = number(in: asked["prompt"]?.string ?? "")
      guard let grammar = asked["grammar"]?.string else { return .of(said(LikelihoodsBesideTests.text(0, prompt), [])) }
      let numbers = grammar.matches(of: #/<\[(\d+)\]>/#).compactMap { Int($0.output.1) }
      let text = numbers.map(Self.piece).joined()
      if numbers != Self.numbers(Array(text.utf8), piece: 4) { state.withLock { $0.others += 1 } }
      let gain = request.path.hasPrefix("/s/") ? Self.gain(number(in: text), prompt) : 0
      return .of(
        said(
          text, numbers.map { .object(["token": .string(Self.piece($0)), "logprob": .number(gain - 2)]) }))
    }

    /// Nats a token that the suspect finds a voice likelier than its base does: the first candidate taught it.
    private static func gain(_ voice: Int, _ prompt: Int) -> Double {
      switch voice {
      case 0: 0.2
      case 1: prompt % 2 == 0 ? 0.35 : 0.25
      default: voice % 2 == 0 ? 0 : 0.05
      }
    }

    private func parted(_ text: String) -> JSONValue {
      let size = state.withLock { state in
        state.parted += 1
        return state.piece
      }
      return .object([
        "tokens": .array(
          Self.numbers(Array(text.utf8), piece: size).map {
            .object(["id": .integer($0), "piece": .string(Self.piece($0))])
          })
      ])
    }

    private func said(_ text: String, _ tokens: [JSONValue]) -> [UInt8] {
      let document: JSONValue = .object([
        "content": .string(text), "stop": .bool(true), "stop_type": .string("eos"),
        "completion_probabilities": .array(tokens),
      ])
      return Array(document.canonical.utf8)
    }

    private func number(in text: String) -> Int {
      text.firstMatch(of: #/\d+/#).flatMap { Int($0.output) } ?? 0
    }
  }

  /// A case that `retort run` has answered: only suspect and base run.
  private func answered(port: Int, prompts: Int) throws -> String {
    let folder = try CommandTests.folder()
    let probes = (0..<prompts).map { #"{"id":"p\#($0)","prompt":"Question \#($0)?"}"# + "\n" }
    try FileBytes.write(probes.joined().utf8, to: "\(folder)/p.jsonl")
    for (voice, name) in Self.names.enumerated().dropFirst() {
      let lines = (0..<prompts).map { #"{"prompt_id":"p\#($0)","text":"\#(Self.text(voice, $0))"}"# + "\n" }
      try FileBytes.write(lines.joined().utf8, to: "\(folder)/\(name).jsonl")
    }
    func recorded(_ names: ArraySlice<String>) -> String {
      names.map { "{model: \($0), transcripts: \($0).jsonl}" }.joined(separator: ", ")
    }
    func endpoint(_ path: String) -> String {
      #"{url: "http://127.0.0.1:\#(port)/\#(path)", model: m, dialect: llama.cpp}"#
    }
    try FileBytes.write(
      """
      seed: 1
      suspect: {model: s, base: maker/base, endpoint: \(endpoint("s")), base_endpoint: \(endpoint("base"))}
      candidates: [\(recorded(Self.names[1...2]))]
      cohort: [\(recorded(Self.names[3...]))]
      probes: [p.jsonl]
      """.utf8, to: "\(folder)/case.yaml")
    let run = try CommandTests.retort(["run", "\(folder)/case.yaml", "--no-check", "--no-report"])
    try #require(run.status == 0, "\(run.errors)")
    return folder
  }

  private func lines(_ outcome: CommandTests.Outcome) -> [String] {
    outcome.output.split(separator: "\n").map(String.init).filter { $0.hasPrefix("And by likelihoods?") }
  }

  @Test("a run goes on with the tokens that its file has, though the endpoint takes texts apart otherwise by now")
  func resumed() throws {
    let model = Model()
    let server = try RawServer { model.reply($0) }
    let folder = try answered(port: server.port, prompts: 6)
    // An empty file, such as others hold a place with, is no earlier run.
    try FileBytes.write("".utf8, to: "\(folder)/case.likelihood.retort")
    let arguments = ["likelihood", "\(folder)/case.yaml"]
    let stopped = try CommandTests.retort(arguments + ["--max-calls", "30"])
    #expect(stopped.status != 0 && stopped.errors.contains("retort likelihood"), "\(stopped.errors)")
    // Answers of seven models to six prompts, by the suspect and by its base.
    #expect(model.state.withLock { $0.parted } == 84)
    model.state.withLock { $0.piece = 3 }
    let outcome = try CommandTests.retort(arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let (parted, others) = model.state.withLock { ($0.parted, $0.others) }
    #expect(parted == 84 && others == 0)
    server.stop()
    // Nothing is left to ask: nobody has to be there.
    let again = try CommandTests.retort(arguments)
    #expect(again.status == 0 && again.output == outcome.output, "\(again.errors)")
    let report = try CommandTests.retort(["report", "\(folder)/case.retort"])
    #expect(lines(report).first?.contains("no ratio for t, u (6 prompts on which") == true, "\(report.output)")
  }

  @Test("what a finished file says stands in one line beside the ratio of texts, and nowhere in the report")
  func line() throws {
    let model = Model()
    let server = try RawServer { model.reply($0) }
    defer { server.stop() }
    let folder = try answered(port: server.port, prompts: 40)
    let (file, result) = ("\(folder)/case.retort", "\(folder)/case.report/result.json")
    let before = try CommandTests.retort(["report", file])
    #expect(before.status == 0 && lines(before).isEmpty, "\(before.errors)")
    let bytes = try FileBytes.read(result)
    // Stopped before its end it says nothing yet.
    let stopped = try CommandTests.retort(["likelihood", "\(folder)/case.yaml", "--max-calls", "100"])
    let unfinished = try CommandTests.retort(["report", file])
    #expect(stopped.status != 0 && lines(unfinished).isEmpty, "\(stopped.errors)")
    let asked = try CommandTests.retort(["likelihood", "\(folder)/case.yaml"])
    try #require(asked.status == 0, "\(asked.errors)")
    let report = try CommandTests.retort(["report", file])
    let found = try #require(lines(report).first, "\(report.output)\(report.errors)")
    #expect(report.status == 0 && lines(report).count == 1 && report.output.hasPrefix(before.output))
    #expect(found.contains("Against the base maker/base, likelihoods of given answers give"))
    #expect(
      found.contains("] for t, ") && found.contains("] for u.") && found.contains("not multiplied with the ratio"))
    #expect(try FileBytes.read(result) == bytes)
    let json = try CommandTests.retort(["report", file, "--json"])
    #expect(Array(json.output.utf8) == bytes)
    let run = try CommandTests.retort(["run", "\(folder)/case.yaml", "--no-check"])
    #expect(lines(run) == [found], "\(run.errors)")
    // A case of other answers beside the same file.
    let other = try answered(port: server.port, prompts: 39)
    try FileManager.default.copyItem(
      atPath: "\(folder)/case.likelihood.retort", toPath: "\(other)/case.likelihood.retort")
    let apart = try CommandTests.retort(["report", "\(other)/case.retort"])
    #expect(apart.status == 0 && lines(apart).isEmpty, "\(apart.errors)")
    // A neighbour that is no case takes nothing from the report.
    try FileBytes.write("no case".utf8, to: "\(folder)/case.likelihood.retort")
    let damaged = try CommandTests.retort(["report", file])
    #expect(damaged.status == 0 && damaged.output == before.output)
    #expect(damaged.errors.contains("what likelihoods say is left out: \(folder)/case.likelihood.retort"))
  }
}
