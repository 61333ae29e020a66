import Cases
import Formats
import Foundation
import TestSupport
import Testing

/// Whatever is in a file, it is read or refused with an error that names it; nothing crashes. Seeds are arguments: a
/// crash names its own.
@Suite("Any bytes in a file")
struct AnyBytesTests {
  private static let transcript = """
    {"prompt_id":"p1","sample":0,"text":"Hi \\u00e9","logprobs":[{"token":"Hi","logprob":-0.5,"bytes":[72,105]}]}
    {"prompt_id":"p2","sample":1,"text":""}

    """
  private static let probes = """
    {"id":"a","prompt":"X?","system":"S","category":"c","language":"en","samples":2,"max_tokens":9,"temperature":1,\
    "reads":["style"]}
    {"prompt_id":"b","prompt":"Y?","reads":"openings"}

    """
  private static let template = """
    [{"id":"t","prompt":"Say {x} {{y}}.","slots":{"x":["a","b"]},"samples":2,"temperature":0.5}]
    """
  private static let lineage = """
    model,developer,base_model,family,trained_on_outputs_of
    a,"One, Ltd",,f,"b;c"
    b,Two,a,,

    """
  private static let prices = """
    currency: EUR
    prices: [{model: "gpt*", host: api.example.com, prompt: 0.15, completion: 0.6, currency: USD}]

    """

  private func reads(_ what: String, _ body: () throws -> Void) {
    do {
      try body()
    } catch is FileError {
      // What may be said of a file.
    } catch is CasesError {
      // What may be said of what is in it.
    } catch {
      Issue.record("\(what): \(error)")
    }
  }

  @Test("JSON parses or does not, and what parses is written and parses again", arguments: 0..<8)
  func json(seed: Int) {
    var damage = DamagedBytes(seed: seed)
    for text in [Self.transcript, Self.probes, Self.template].map({ Array($0.utf8) }) {
      let line = Array(text.prefix { $0 != 0x0A })
      for _ in 0..<1_000 {
        let bytes = damage.variant(of: line)
        guard let value = JSONValue(parsing: bytes) else { continue }
        let again = JSONValue(parsing: value.canonical)
        #expect(again?.canonical == value.canonical, "\(String(decoding: bytes, as: UTF8.self))")
      }
      for _ in 0..<200 { _ = JSONValue(parsing: damage.noise(upTo: 200)) }
    }
  }

  @Test("JSON of any depth is read or refused, not followed into the ground", arguments: [600, 10_000, 1_000_000])
  func depth(count: Int) {
    for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
      let text = String(repeating: open, count: count)
      _ = JSONValue(parsing: text)
      _ = JSONValue(parsing: text + "1" + String(repeating: close, count: count))
    }
  }

  @Test("transcripts, plain and compressed, probe sets and templates", arguments: 0..<6)
  func linesOfJSON(seed: Int) throws {
    var damage = DamagedBytes(seed: seed)
    let folder = try TemporaryFolder()
    let zipped = try Self.gzip(Array(Self.transcript.utf8))
    for round in 0..<50 {
      for (name, whole) in [("t.jsonl", Array(Self.transcript.utf8)), ("t.jsonl.gz", zipped)] {
        let file = folder.file(name)
        let bytes = round % 10 == 0 ? damage.noise(upTo: 200) : damage.variant(of: whole)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        reads(name) { _ = try TranscriptReader.read(file: file, model: ModelID("m")) }
      }
      reads("probes") { _ = try ProbeSet.parse(damage.variant(of: Array(Self.probes.utf8)), file: "p.jsonl") }
      reads("template") {
        for template in try ProbeTemplate.parse(damage.variant(of: Array(Self.template.utf8)), file: "t.json") {
          _ = try template.expand(seed: 1, count: 1, file: "t.json")
        }
      }
    }
  }

  @Test("configurations, prices and lineage", arguments: 0..<6)
  func tables(seed: Int) throws {
    var damage = DamagedBytes(seed: seed)
    let folder = try TemporaryFolder()
    try folder.write(#"{"id": "one", "prompt": "Why?"}"# + "\n", to: "open.jsonl")
    for round in 0..<50 {
      let isNoise = round % 10 == 0
      func bytes(_ text: String) -> [UInt8] {
        isNoise ? damage.noise(upTo: 300) : damage.variant(of: Array(text.utf8))
      }
      reads("case") {
        let text = bytes(CaseConfigurationReaderTests.valid)
        let configuration = try CaseConfigurationReader.parse(text, file: folder.file("case.yaml"))
        // What is read can be told apart and planned.
        #expect(Set(configuration.models.map(\.id)).count == configuration.models.count)
        #expect(configuration.samples >= 1 && configuration.concurrency >= 1 && configuration.timeout > .zero)
      }
      reads("prices") { _ = try PriceListReader.parse(bytes(Self.prices), file: "prices.yaml") }
      let file = folder.file("lineage.csv")
      try Data(bytes(Self.lineage)).write(to: URL(fileURLWithPath: file))
      reads("lineage") { _ = try LineageReader.read(file: file) }
    }
  }

  private static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let plain = folder.file("plain")
    try Data(bytes).write(to: URL(fileURLWithPath: plain))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-k", plain]
    try process.run()
    process.waitUntilExit()
    return Array(try Data(contentsOf: URL(fileURLWithPath: plain + ".gz")))
  }
}
