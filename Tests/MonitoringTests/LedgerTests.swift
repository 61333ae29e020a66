import CaseFile
import Foundation
import Monitoring
import Testing

@Suite("The ledger of checks")
struct LedgerTests {
  private let folder = Folder()
  private var file: String { folder.file("prod.ledger.jsonl") }

  /// Removed with the test.
  private final class Folder: Sendable {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("retort-\(UUID().uuidString)").path

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }
  }

  private static let baseline = String(repeating: "a", count: 64)

  /// A line as the versions before wrote it, which numbered none.
  private static func old(_ run: String) -> String {
    #"{"baseline":"\#(baseline)","calls":1,"confirmed":false,"p":{},"run":"\#(run)","schema":"retort.ledger/1","#
      + #""started":"","statistic":{},"verdict":"SAME"}"# + "\n"
  }

  private func entry(_ run: String) throws -> Ledger.Entry {
    let place = folder.file("one")
    try FileBytes.write(Self.old(run).utf8, to: place)
    return try #require(try Ledger.read(file: place).entries.first)
  }

  @discardableResult
  private func append(_ run: String) throws -> Ledger.Head { try LedgerBook(file: file).append(entry(run)) }

  private func lines() throws -> [String] {
    String(decoding: try FileBytes.read(file), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func write(_ lines: [String]) throws {
    try FileBytes.write(lines.map { $0 + "\n" }.joined().utf8, to: file)
  }

  @Test("as many checks as end at once have their line, each after the one before")
  func atOnce() async throws {
    let entries = try (0..<32).map { try entry("run \($0)") }
    let file = file
    try await withThrowingTaskGroup(of: Void.self) { group in
      for entry in entries { group.addTask { _ = try LedgerBook(file: file).append(entry) } }
      try await group.waitForAll()
    }
    let ledger = try Ledger.read(file: file)
    #expect(ledger.entries.count == 32 && Set(ledger.entries.map(\.run)).count == 32)
    #expect(ledger.findings == [])
    #expect(
      ledger.account(of: try #require(Digest(hex: Self.baseline)), confirming: false, window: 52).runs == 33)
  }

  @Test("a ledger of the versions before is read, and goes on with numbers")
  func older() throws {
    try write([Self.old("1"), Self.old("2")].map { String($0.dropLast()) })
    try append("3")
    try append("4")
    let ledger = try Ledger.read(file: file)
    #expect(ledger.entries.map(\.run) == ["1", "2", "3", "4"] && ledger.findings == [])
    #expect(try lines()[3].contains(#""number":4"#))
  }

  @Test("a line that was cut off is told, keeps its place and counts as a run", arguments: [1, 40, 150])
  func tornLine(length: Int) throws {
    try append("1")
    try FileBytes.append(String(Self.old("2").prefix(length)).utf8, to: file)
    #expect(try Ledger.read(file: file).findings == [.cutOff(line: 2)])
    try append("3")
    try append("4")
    let ledger = try Ledger.read(file: file)
    #expect(ledger.entries.map(\.run) == ["1", "3", "4"] && ledger.findings == [.cutOff(line: 2)])
    #expect(try lines()[1] == String(Self.old("2").prefix(length)))
    #expect(ledger.account(of: try #require(Digest(hex: Self.baseline)), confirming: false, window: 52).runs == 5)
  }

  @Test("a last line that only lacks its end is a line")
  func noEnd() throws {
    try append("1")
    try FileBytes.write(try FileBytes.read(file).dropLast(), to: file)
    try append("2")
    let ledger = try Ledger.read(file: file)
    #expect(ledger.entries.map(\.run) == ["1", "2"] && ledger.findings == [])
  }

  @Test("a line that is none stops everything, unless it is the last and has no end")
  func defective() throws {
    for run in ["1", "2", "3"] { try append(run) }
    var lines = try lines()
    lines[1] = "{}"
    try write(lines)
    #expect(throws: MonitoringError.ledgerLine(file: file, line: 2)) { try Ledger.read(file: file) }
    #expect(throws: MonitoringError.ledgerLine(file: file, line: 2)) { try LedgerBook(file: file) }
    try write([lines[0], "{}"])
    #expect(throws: MonitoringError.ledgerLine(file: file, line: 2)) { try Ledger.read(file: file) }
  }

  @Test("lines that were removed, edited, swapped or written by hand are told")
  func changed() throws {
    for run in ["1", "2", "3", "4"] { try append(run) }
    let all = try lines()
    func findings(_ lines: [String]) throws -> [Ledger.Finding] {
      try write(lines)
      return try Ledger.read(file: file).findings
    }
    #expect(try findings(all) == [])
    #expect(try findings([all[0], all[2], all[3]]) == [.broken(line: 2), .broken(line: 3)])
    #expect(try findings(Array(all.dropFirst())).first == .broken(line: 1))
    let edited = all[1].replacingOccurrences(of: "SAME", with: "CHANGED")
    #expect(try findings([all[0], edited, all[2], all[3]]) == [.broken(line: 3)])
    #expect(try findings([all[1], all[0], all[2], all[3]]).first == .broken(line: 1))
    #expect(try findings(all + [String(Self.old("5").dropLast())]) == [.broken(line: 5)])
  }

  @Test("a ledger that was deleted, shortened or replaced is told by what was seen of it")
  func seen() throws {
    var heads: [Ledger.Head] = []
    for run in ["1", "2", "3"] { heads.append(try append(run)) }
    func difference(_ head: Ledger.Head) throws -> Ledger.Finding? {
      try Ledger.read(file: file).difference(from: head, by: "x")
    }
    for head in heads { #expect(try difference(head) == nil) }
    let all = try lines()
    try write(Array(all.prefix(2)))
    #expect(try difference(heads[2]) == .shorter(lines: 2, seen: 3, by: "x"))
    #expect(try difference(heads[1]) == nil, "what was seen before is still there")
    try FileManager.default.removeItem(atPath: file)
    #expect(try difference(heads[0]) == .shorter(lines: 0, seen: 1, by: "x"))
    for run in ["1", "other", "3"] { try append(run) }
    #expect(try difference(heads[2]) == .replaced(line: 3, by: "x"))
    #expect(try difference(heads[0]) == nil)
    #expect(Ledger.Head(json: heads[2].json) == heads[2])
  }
}
