import Formats
import Foundation
import TestSupport
import Testing

@Suite("retort validate and calibrate on losses")
struct LossesCommandTests {
  /// Losses of students of three teachers on bases of three makers, ten answers each.
  private static func losses(without field: String? = nil) -> [UInt8] {
    var state: UInt64 = 3
    func noise() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53) - 0.5
    }
    let teachers = ["t1", "t2", "t3"]
    var lines = ""
    for maker in ["a", "b", "c"] {
      for teacher in teachers {
        for candidate in teachers + ["u"] {
          let shift = candidate == teacher ? -0.3 : 0
          var fields: [String: JSONValue] = [
            "suspect": .string("\(maker) of \(teacher)"), "base": .string("\(maker)/base"),
            "kind": .string("controlled"),
            "teacher": .string(teacher), "candidate": .string(candidate), "prompts": .string("p"),
            "difference": .array((0..<10).map { _ in .number(((shift + 0.2 * noise()) * 1e6).rounded() / 1e6) }),
          ]
          if let field { fields[field] = nil }
          lines += JSONValue.object(fields).canonical + "\n"
        }
      }
    }
    return Array(lines.utf8)
  }

  @Test("scores.csv has a line for each suspect, prompts and candidate; what calibrate makes is what its schema says")
  func both() throws {
    let folder = try CommandTests.folder()
    try FileBytes.write(Self.losses(), to: "\(folder)/losses.jsonl")
    let found = try CommandTests.retort([
      "validate", "--losses", "\(folder)/losses.jsonl", "-o", "\(folder)/out", "--json",
    ])
    try #require(found.status == 0, "\(found.errors)")
    if IndependentPython.isHere { #expect(try Schemas.violations(of: found.output, "validation") == "") }
    let table = String(decoding: try FileBytes.read("\(folder)/out/scores.csv"), as: UTF8.self)
    let rows = table.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(
      rows.first?.prefix(6).map(String.init) == ["suspect", "prompts", "candidate", "label", "llr", "llr_absent"])
    #expect(rows.count == 37)
    for row in rows.dropFirst() {
      let taught = row[0].hasSuffix(row[2])
      #expect(row[3] == (taught ? "1" : "0") && Double(row[4]) != nil && (Double(row[5]) == nil) == taught, "\(row)")
    }
    let text = String(decoding: try FileBytes.read("\(folder)/out/README.md"), as: UTF8.self)
    #expect(text.contains("9 of 9") && text.contains("The limit is a ratio of 1"))
    let file = "\(folder)/calibration.json"
    let fitted = try CommandTests.retort(["calibrate", "--losses", "\(folder)/losses.jsonl", "-o", file])
    try #require(fitted.status == 0 && fitted.output.contains("3 bases, 3 teachers"), "\(fitted.errors)")
    let document = String(decoding: try FileBytes.read(file), as: UTF8.self)
    if IndependentPython.isHere { #expect(try Schemas.violations(of: document, "reference-calibration") == "") }
    // By a calibration that was fitted elsewhere, within its bounds.
    let frozen = try CommandTests.retort(
      ["validate", "--losses", "\(folder)/losses.jsonl", "--calibration", file, "-o", "\(folder)/frozen"])
    try #require(frozen.status == 0, "\(frozen.errors)")
    let bounded = String(decoding: try FileBytes.read("\(folder)/frozen/scores.csv"), as: UTF8.self)
    for row in bounded.split(separator: "\n").dropFirst() {
      let value = try #require(Double(row.split(separator: ",", omittingEmptySubsequences: false)[4]))
      #expect(abs(value) <= log(4))
    }
  }

  @Test("losses that mean nothing end with one clear line, and nothing is written")
  func mistakes() throws {
    let folder = try CommandTests.folder()
    func refused(_ bytes: [UInt8], _ words: String, _ command: String = "validate") throws {
      try FileBytes.write(bytes, to: "\(folder)/l.jsonl")
      let outcome = try CommandTests.retort([command, "--losses", "\(folder)/l.jsonl", "-o", "\(folder)/out"])
      #expect(outcome.status == 3 && outcome.errors.contains(words), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/out"))
    }
    let text = String(decoding: Self.losses(), as: UTF8.self)
    try refused(Self.losses(without: "base"), "l.jsonl:1: no base is named for a of t1")
    try refused(Self.losses(without: "difference"), "l.jsonl:1: no answer of t1 has a loss")
    try refused(Self.losses(without: "prompts"), "l.jsonl:1: ")
    try refused(
      Array(text.replacing("\"difference\":[", with: "\"difference\":[NaN,", maxReplacements: 1).utf8),
      "loss on answer 1 of t1 is no number")
    try refused(
      Array(text.replacing("\"difference\":[", with: "\"difference\":[0.1,", maxReplacements: 1).utf8),
      "l.jsonl:2: 10 losses on answers of t2, 11 on those")
    try refused([], "no suspect of which anything is known")
    let single = text.split(separator: "\n").prefix(4).joined(separator: "\n") + "\n"
    try refused(Array(single.utf8), "too few bases or teachers", "calibrate")
    for arguments in [
      ["validate", "--losses", "l", "--corpus", "c", "--pairs", "p", "-o", "o"], ["validate", "-o", "o"],
      ["validate", "--losses", "l", "--channels", "-o", "o"], ["calibrate", "--losses", "l", "--demo", "-o", "o"],
    ] {
      let outcome = try CommandTests.retort(arguments)
      #expect(outcome.status == 64 && outcome.errors.contains("--losses FILE"), "\(arguments) \(outcome.errors)")
    }
  }
}
