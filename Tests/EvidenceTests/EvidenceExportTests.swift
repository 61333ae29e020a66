import CaseFile
import Cases
import Custody
import Evidence
import Formats
import Foundation
import GRDB
import Probing
import TestSupport
import Testing

@Suite("Evidence")
struct EvidenceExportTests {
  let folder: TemporaryFolder
  let key: SigningKey

  init() throws {
    folder = try TemporaryFolder()
    key = try #require(SigningKey(newNamed: "lab.example.org"))
  }

  private func export(_ store: CaseStore, _ name: String, _ withholding: EvidenceWithholding = .nothing) throws
    -> String
  {
    let path = folder.file(name)
    _ = try EvidenceExport(store, key: key, withholding: withholding, attachments: []).write(to: path)
    return path
  }

  private func failures(_ path: String) throws -> [EvidenceCheck] {
    try EvidenceVerification(of: try EvidencePlace.open(path), reader: DialectReader(), keys: [key.key])
      .checks.filter(\.failed)
  }

  @Test("the same case gives the same bytes, as a folder and as an archive; tar reads the archive")
  func deterministic() throws {
    let store = try EvidenceSample.store(at: folder.file("x.retort"), key: key)
    let one = try EvidenceSample(folder: export(store, "a.evidence"))
    let two = try EvidenceSample(folder: export(store, "b.evidence"))
    #if os(Linux)
      #expect(one.files == two.files)
    #endif
    let tar = try export(store, "a.tar")
    #if os(Linux)
      #expect(try FileBytes.read(tar) == FileBytes.read(export(store, "b.tar")))
    #endif
    try store.close()
    #expect(try failures(tar).isEmpty && failures(folder.file("a.evidence")).isEmpty)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tar", "-xf", tar, "-C", folder.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let unpacked = try EvidenceSample(folder: folder.file("evidence"))
    #expect(
      unpacked.files["MANIFEST.sha256"] == one.files["MANIFEST.sha256"] && unpacked.files.count == one.files.count)
    #expect(try !folder.names().contains { $0.hasSuffix(".new") })
  }

  @Test("a byte flipped anywhere in an archive is found, between its files too")
  func archive() throws {
    let store = try EvidenceSample.store(at: folder.file("x.retort"), key: key)
    let tar = try export(store, "a.tar")
    try store.close()
    let whole = try FileBytes.read(tar)
    for _ in 0..<200 {
      var bytes = whole
      bytes[Int.random(in: bytes.indices)] ^= 1 << UInt8.random(in: 0..<8)
      try FileBytes.write(bytes, to: folder.file("b.tar"))
      do {
        #expect(try !failures(folder.file("b.tar")).isEmpty)
      } catch is EvidenceError {
        // The archive itself is damaged.
      }
    }
    try FileBytes.write(whole.dropLast(700), to: folder.file("b.tar"))
    #expect(throws: EvidenceError.self) { try failures(folder.file("b.tar")) }
    try FileBytes.write(whole + whole, to: folder.file("b.tar"))
    #expect(throws: EvidenceError.self) { try failures(folder.file("b.tar")) }
  }

  @Test("files of an archive that stand in another order are refused")
  func order() throws {
    let store = try EvidenceSample.store(at: folder.file("x.retort"), key: key)
    let tar = try export(store, "a.tar")
    try store.close()
    let whole = try FileBytes.read(tar)
    func length(_ at: Int) -> Int {
      let size = Int(String(decoding: whole[(at + 124)..<(at + 135)], as: UTF8.self), radix: 8) ?? 0
      return 512 + (size + 511) / 512 * 512
    }
    var ends = [0]
    while whole[ends[ends.count - 1]] != 0 { ends.append(ends[ends.count - 1] + length(ends[ends.count - 1])) }
    #expect(ends.count > 20)
    for place in 0..<(ends.count - 2) {
      let swapped =
        whole[..<ends[place]] + whole[ends[place + 1]..<ends[place + 2]] + whole[ends[place]..<ends[place + 1]]
        + whole[ends[place + 2]...]
      try FileBytes.write(swapped, to: folder.file("b.tar"))
      #expect(throws: EvidenceError.self, "\(place)") { try failures(folder.file("b.tar")) }
    }
  }

  @Test("what an analysis reads from evidence is what it reads from the case")
  func contents() throws {
    let store = try EvidenceSample.store(at: folder.file("x.retort"), key: key)
    let own = try store.contents()
    let path = try export(store, "a.evidence")
    try store.close()
    let read = try EvidenceVerification(of: try EvidencePlace.open(path)).contents()
    #expect(read.run == own.run && read.seed == own.seed && read.name == own.name)
    #expect(read.suspect == own.suspect && read.candidates == own.candidates && read.cohort == own.cohort)
    #expect(read.lineage.entries == own.lineage.entries && read.probes == own.probes)
    #expect(read.transcripts.mapValues(\.source) == own.transcripts.mapValues(\.source))
    let thoughts = own.transcripts.values.flatMap(\.responses).compactMap(\.reasoning)
    #expect(thoughts.count == 8 && thoughts.allSatisfy { $0.hasPrefix("Thought ") })
    #expect(own.run?.custody?.checkpoints.count == 3 && own.run?.custody?.deviations == [])
  }

  @Test("--redact withholds every text and nothing else: digests, commitments and records hold")
  func redacted() throws {
    let store = try EvidenceSample.store(at: folder.file("x.retort"), key: key)
    let path = try export(store, "a.evidence", .texts)
    try store.close()
    #expect(try failures(path).isEmpty)
    let evidence = try EvidenceSample(folder: path)
    for (name, bytes) in evidence.files {
      for words in ["Answer ", "Thought ", "Question ", "response 3", "request 3", "oops"] {
        #expect(!String(decoding: bytes, as: UTF8.self).contains(words), "\(words) in \(name)")
      }
    }
    #expect(evidence.lines("records.jsonl").count == 1 + 1 + 1 + 25)
    #expect(evidence.lines("withheld.jsonl").count > 50)
    if IndependentPython.isHere {
      let second = try evidence.secondVerifier()
      #expect(second.status == 0, "\(second.output)")
    }
    let verification = try EvidenceVerification(of: try EvidencePlace.open(path))
    #expect(!verification.isComplete)
    #expect(throws: EvidenceError.self) { try verification.contents() }
  }

  @Test("held-back probes are sealed: their texts and answers are withheld now, and can be proven later")
  func sealed() throws {
    let store = try EvidenceSample.store(at: folder.file("x.retort"), key: key)
    let path = try export(store, "half.evidence", .probes([PromptID("p1"), PromptID("p3")]))
    let whole = try export(store, "whole.evidence")
    try store.close()
    #expect(try failures(path).isEmpty)
    let half = try EvidenceSample(folder: path)
    let all = String(decoding: half.files.values.flatMap { $0 }, as: UTF8.self)
    #expect(all.contains("Question 0?") && !all.contains("Question 1?") && !all.contains("Question 3?"))
    #expect(
      all.contains("\"text\":\"Answer 1\"") && !all.contains("\"text\":\"Answer 8\""), "p1 is asked from order 6 on")
    // Later: the salt and the text of a sealed probe, from the whole, against the commitments of the half.
    var later = half
    let revealed = try EvidenceSample(folder: whole).lines("revealed.jsonl")
    later.setLines("revealed.jsonl", revealed)
    try later.sign(with: key)
    #expect(try EvidenceVerification(of: later).checks.filter { $0.subject == .commitments }.allSatisfy { !$0.failed })
    later.setLines("revealed.jsonl", revealed.map { $0.replacingOccurrences(of: "Question 3?", with: "Question 4?") })
    try later.sign(with: key)
    #expect(try EvidenceVerification(of: later).checks.filter(\.failed).map(\.subject).contains(.commitments))
    if IndependentPython.isHere {
      let second = try later.secondVerifier()
      #expect(second.status == 20, "\(second.output)")
    }
  }

  @Test("what is withheld is listed as what it is: as something else, both verifiers refuse it")
  func misnamed() throws {
    let store = try EvidenceSample.store(at: folder.file("x.retort"), key: key)
    let evidence = try EvidenceSample(folder: export(store, "a.evidence", .texts))
    try store.close()
    let lines = evidence.lines("withheld.jsonl")
    let kinds = ["request", "response", "outcome", "probe set", "recorded answers"]
    for (number, kind) in kinds.dropLast().enumerated() {
      let place = try #require(lines.firstIndex { $0.contains("\"what\":\"\(kind)\"") }, "\(kind)")
      for other in kinds where other != kind {
        var changed = evidence
        var named = lines
        named[place] = lines[place].replacingOccurrences(of: "\"\(kind)\"", with: "\"\(other)\"")
        changed.setLines("withheld.jsonl", named)
        try changed.sign(with: key)
        let failed = try EvidenceVerification(of: changed, reader: DialectReader(), keys: [key.key])
          .checks.filter(\.failed)
        #expect(failed.map(\.subject) == [.withheld], "\(kind) as \(other): \(failed)")
        // One of each is enough for the slower of the two.
        guard IndependentPython.isHere, other == kinds[number + 1] else { continue }
        let second = try changed.secondVerifier()
        #expect(second.status == 20 && second.output.contains("✗ withheld_list"), "\(second.output)")
      }
    }
  }

  @Test("a text that is withheld and is a request and a response is listed once, as either")
  func twofold() throws {
    let store = try EvidenceSample.store(at: folder.file("x.retort"), key: key)
    var evidence = try EvidenceSample(folder: export(store, "a.evidence", .texts))
    try store.close()
    // What an endpoint fails with is what it was sent.
    let failed = try #require(evidence.records.firstIndex { $0.contains("\"outcome\":\"failed\"") })
    var members = try #require(JSONValue(parsing: evidence.records[failed])?.object)
    let response = try #require(members["response"]?.string)
    let request = try #require(members["request"]?.string)
    members["response"] = .string(request)
    evidence.records[failed] = JSONValue.object(members).canonical
    let isShared = evidence.records.contains { $0.contains(response) }
    for kind in ["request", "response", "outcome"] {
      var changed = evidence
      changed.setLines(
        "withheld.jsonl",
        evidence.lines("withheld.jsonl").filter { isShared || !$0.contains(response) }.map {
          $0.contains(request) ? $0.replacingOccurrences(of: "\"request\"", with: "\"\(kind)\"") : $0
        })
      try changed.sign(with: key)
      let subjects = try EvidenceVerification(of: changed, keys: [key.key]).checks.filter(\.failed).map(\.subject)
      #expect(subjects.contains(.withheld) == (kind == "outcome"), "\(kind): \(subjects)")
      guard IndependentPython.isHere else { continue }
      let second = try changed.secondVerifier()
      #expect(second.output.contains("✗ withheld_list") == (kind == "outcome"), "\(kind): \(second.output)")
    }
  }

  @Test(
    "a request that was in flight when a program ended is in no attempt, and so not in evidence: what is withheld would not cover it"
  )
  func inFlight() throws {
    let store = try EvidenceSample.store(at: folder.file("x.retort"), key: key, skipping: 1)
    let item = try #require(try store.remaining().last)
    try store.begin(
      item,
      request: Attempt.Request(url: "http://127.0.0.1:9/", headers: [], body: Array("Question of a sealed probe".utf8)),
      started: UTCTime.text(Date()), startedNanoseconds: 0, run: 1)
    let path = try export(store, "a.evidence", .texts)
    try store.close()
    #expect(try failures(path).map(\.subject) == [.completeness])
    for (name, bytes) in try EvidenceSample(folder: path).files {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("sealed probe"), "\(name)")
    }
  }

  @Test(
    "a request that was lost has no end, and may stand behind attempts that ended long after it began; another has one",
    arguments: [true, false])
  func lost(isLost: Bool) throws {
    let origin = Date()
    let store = try EvidenceSample.store(at: folder.file("x.retort"), key: key, skipping: 1, origin: origin)
    let item = try #require(try store.remaining().last)
    let sent = try EvidenceSample.attempt(
      item, try SampleCase.configuration(probes: 4), origin: origin, nanoseconds: 0, failed: true)
    try store.append(
      Attempt(
        item: item,
        times: .init(
          started: sent.times.started, ended: isLost ? sent.times.started : sent.times.ended, startedNanoseconds: 0,
          firstByteNanoseconds: nil, endedNanoseconds: isLost ? 0 : sent.times.endedNanoseconds),
        request: sent.request, response: nil, outcome: .failed, answer: nil,
        failure: Attempt.Failure(kind: "interrupted", detail: "the program ended"), chargedTokens: 0), run: 1)
    _ = try store.signedHead(by: key)
    let path = try export(store, "a.evidence")
    try store.close()
    #expect(try failures(path).map(\.subject).contains(.clock) == !isLost)
    if IndependentPython.isHere {
      let second = try SecondVerifier.run([path])
      #expect(second.output.contains("✗ clock") == !isLost, "\(second.output)")
    }
  }

  @Test("evidence is not written over anything, and nothing half-written is left")
  func refused() throws {
    let store = try EvidenceSample.store(at: folder.file("x.retort"), key: key)
    try folder.write("mine", to: "a.tar")
    #expect(throws: FileError.wouldOverwrite(file: folder.file("a.tar"))) { try export(store, "a.tar") }
    let run = try store.beginRun(started: UTCTime.text(Date()), tool: "test 1")
    #expect(run == 2)
    #expect(throws: CaseFileError.notSigned(file: folder.file("x.retort"))) {
      try export(store, "b.evidence")
    }
    try store.close()
    #expect(try folder.names() == ["a.tar", "x.retort"])
  }

  @Test(
    "a full disk ends an export with its reason, leaves nothing, and the case verifies",
    .enabled(if: SmallDisk.isPossible, "skipped: a small disk can be mounted by root on Linux only"))
  func fullDisk() throws {
    let store = try EvidenceSample.store(at: folder.file("x.retort"), key: key)
    let disk = try SmallDisk(at: folder.file("disk"), kilobytes: 32)
    defer { disk.unmount() }
    for name in ["a.tar", "a.evidence"] {
      let error = #expect(throws: FileError.self) { try export(store, "disk/\(name)") }
      guard case .unwritable(_, "No space left on device") = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path).isEmpty)
    try disk.remount("ro")
    let error = #expect(throws: FileError.self) { try export(store, "disk/b.evidence") }
    guard case .unwritable = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    try store.verifyChain()
    try store.close()
    #expect(try SampleCase.integrity(folder.file("x.retort")) == ["ok"])
  }

  /// The most memory that a piece of work takes on top of what the process has already, in KiB.
  private func growth(_ body: () throws -> Void) throws -> Int {
    func field(_ name: String) throws -> Int {
      let status = String(decoding: try FileBytes.read("/proc/self/status"), as: UTF8.self)
      let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") }
      return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
    try Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
    let before = try field("VmRSS")
    try body()
    return try field("VmHWM") - before
  }

  @Test(
    "export and verification of ten times as many attempts take no more memory than their digests",
    .enabled(if: FileManager.default.isWritableFile(atPath: "/proc/self/clear_refs"), "skipped: needs Linux"))
  func memory() throws {
    var grown: [[Int]] = []
    for probes in [100, 1_000] {
      let store = try EvidenceSample.store(at: folder.file("\(probes).retort"), key: key, probes: probes)
      var sizes: [Int] = []
      for name in ["\(probes).evidence", "\(probes).tar"] {
        sizes.append(try growth { _ = try export(store, name) })
        var found: [EvidenceCheck] = []
        sizes.append(try growth { found = try failures(folder.file(name)) })
        #expect(found.isEmpty)
      }
      try store.close()
      grown.append(sizes)
    }
    // 5,400 attempts more: when every record was held they took 3 KiB each, 16 MiB.
    for (few, many) in zip(grown[0], grown[1]) { #expect(many - few < 3_072, "KiB: \(grown)") }
  }
}
