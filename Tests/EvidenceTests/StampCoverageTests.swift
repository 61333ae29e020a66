import CaseFile
import Cases
import Custody
import Evidence
import Formats
import Foundation
import TestSupport
import Testing

/// What stamps and signatures cover is said, and a stamp that was promised is missed: by both verifiers in the same words.
@Suite("What stamps cover")
struct StampCoverageTests {
  let folder: TemporaryFolder
  let key: SigningKey

  init() throws {
    folder = try TemporaryFolder()
    key = try #require(SigningKey(newNamed: "lab.example.org"))
  }

  private static let url = "http://tsa.example.org"

  /// A case whose heads of these numbers are stamped, as evidence; its protocol promises stamps.
  private func evidence(
    stamping: [Int], authority: LocalAuthority?, promise: PlannedCustody?, record: (CaseStore) throws -> Void = { _ in }
  ) throws -> EvidenceSample {
    let name = UUID().uuidString
    let store = try EvidenceSample.store(
      at: folder.file("\(name).retort"), key: key, custody: promise,
      // A stamp must be later than what it covers: then the protocol is as well, which is told apart here.
      origin: stamping.isEmpty ? nil : Date().addingTimeInterval(-60))
    try record(store)
    _ = try store.signedHead(by: key)
    for (number, head) in try store.checkpoints().enumerated() where stamping.contains(number + 1) {
      let request = TimeStampRequest(for: Array(head.note.written.utf8))
      try store.add(
        .init(
          authority: Self.url, request: request.bytes, response: try #require(try authority?.reply(to: request.bytes))),
        to: head)
    }
    let path = folder.file("\(name).evidence")
    _ = try EvidenceExport(store, key: key, withholding: .nothing, attachments: []).write(to: path)
    try store.close()
    return try EvidenceSample(folder: path)
  }

  /// What is found of coverage, the same by both: the mark and the words.
  private func coverage(
    _ evidence: EvidenceSample, anchor: String? = nil, witness: NoteKey? = nil, head: SignedNote? = nil
  ) throws -> String {
    let checks = try EvidenceVerification(
      of: evidence, keys: [key.key], witnesses: witness.map { [$0] } ?? [],
      anchors: try anchor.map { X509Certificate.all(pem: try FileBytes.read($0)) } ?? [],
      earlier: head.map { [$0] } ?? []
    ).checks
    let check = try #require(checks.first { $0.subject == .coverage })
    #expect(checks.allSatisfy { !$0.failed || $0.promise == .time }, "\(checks.filter(\.failed))")
    let line =
      switch check.finding {
      case .passed(let words): "✓ coverage: \(words)"
      case .failed(let words): "✗ coverage: \(words)"
      case .notChecked(let words): "– coverage: \(words)"
      }
    if IndependentPython.isHere {
      var arguments = ["--key", key.key.text(.note)]
      if let anchor { arguments += ["--authority", anchor] }
      if let witness { arguments += ["--witness", witness.text(.cosignature)] }
      if let head {
        try folder.write(head.written, to: "head.note")
        arguments += ["--head", folder.file("head.note")]
      }
      let second = try evidence.secondVerifier(arguments)
      #expect(second.output.split(separator: "\n").contains { $0 == line }, "\(line)\n\(second.output)")
      #expect(second.status == (checks.contains(where: \.failed) ? 22 : 0), "\(second.output)")
    }
    return line
  }

  private static let rest = "whoever holds the key could have written records"

  @Test("a trusted key alone: what could have been rewritten is said, and that nothing was promised")
  func keyAlone() throws {
    let found = try coverage(try evidence(stamping: [], authority: nil, promise: nil))
    #expect(
      found
        == "– coverage: the protocol promises no time stamps; no time stamp: 3 of 3 checkpoints, 3 (the last), 2, 1; "
        + "\(Self.rest) 0 to 27 (attempts 1 to 25) anew before they were handed over, or left failed attempts out")
  }

  @Test("a cosigned or earlier shown head covers what came before it")
  func vouched() throws {
    let witness = try #require(SigningKey(newNamed: "other.example.org"))
    let sample = try evidence(stamping: [], authority: nil, promise: nil) { store in
      let second = try store.checkpoints()[1]
      try store.add(cosigned: second.note.cosigned(by: witness, time: 1_800_000_000), file: "x")
    }
    let rest = "\(Self.rest) 16 to 27 (attempts 14 to 25)"
    #expect(try coverage(sample).contains("\(Self.rest) 0 to 27"))
    #expect(try coverage(sample, witness: witness.key).contains(rest))
    let heads = try (1...3).map {
      try #require(SignedNote(parsing: sample.files["checkpoints/0000\($0).note"] ?? []))
    }
    #expect(try coverage(sample, head: heads[1]).contains(rest))
    #expect(try coverage(sample, head: heads[2]).hasSuffix("every record stands under the word of somebody else"))
  }

  @Test("failed attempts that were left out are found where an earlier or cosigned head covers them")
  func failuresDropped() throws {
    let witness = try #require(SigningKey(newNamed: "other.example.org"))
    var sample = try evidence(stamping: [], authority: nil, promise: nil) { store in
      let second = try store.checkpoints()[1]
      try store.add(cosigned: second.note.cosigned(by: witness, time: 1_800_000_000), file: "x")
    }
    let shown = try #require(SignedNote(parsing: sample.files["checkpoints/00002.note"] ?? []))
    var (records, outcomes) = (sample.records, sample.lines("outcomes.jsonl"))
    let first = try #require(records.firstIndex { $0.contains("\"kind\":\"attempt\"") })
    let failed = try #require(records.firstIndex { $0.contains("\"outcome\":\"failed\"") })
    records.remove(at: failed)
    outcomes.remove(at: failed - first)
    sample.records = records
    sample.setLines("outcomes.jsonl", outcomes)
    try sample.repair()
    sample.rehash()
    try sample.sign(with: key)
    func failures(_ witnesses: [NoteKey], _ earlier: [SignedNote]) throws -> [EvidenceCheck.Subject] {
      try EvidenceVerification(of: sample, keys: [key.key], witnesses: witnesses, earlier: earlier)
        .checks.filter(\.failed).map(\.subject)
    }
    // Another text than the witness signed, and another log than was shown.
    #expect(try failures([witness.key], []) == [.timeStamps])
    #expect(try failures([], [shown]).contains(.consistency))
    if IndependentPython.isHere {
      #expect(try sample.secondVerifier(["--witness", witness.key.text(.cosignature)]).status == 22)
      try folder.write(shown.written, to: "shown.note")
      #expect(try sample.secondVerifier(["--head", folder.file("shown.note")]).status == 20)
    }
  }

  @Test("a cosignature that is earlier than attempts it covers is refused")
  func earlyCosignature() throws {
    let witness = try #require(SigningKey(newNamed: "other.example.org"))
    for (time, code) in [(1_000_000_000, Int32(22)), (Int(Date().timeIntervalSince1970) + 60, 0)] {
      let sample = try evidence(stamping: [], authority: nil, promise: nil) { store in
        let last = try store.checkpoints()[2]
        try store.add(cosigned: last.note.cosigned(by: witness, time: time), file: "x")
      }
      let failed = try EvidenceVerification(of: sample, keys: [key.key], witnesses: [witness.key]).checks.filter(
        \.failed)
      #expect(failed.map(\.subject) == (code == 0 ? [] : [.timeStamps]), "\(failed)")
      if IndependentPython.isHere {
        let second = try sample.secondVerifier(["--witness", witness.key.text(.cosignature)])
        #expect(second.status == code, "\(second.output)")
      }
    }
  }

  @Test("a head that this log's key never signed accuses nobody")
  func strangersHead() throws {
    let sample = try evidence(stamping: [], authority: nil, promise: nil)
    let real = try #require(SignedNote(parsing: sample.files["checkpoints/00002.note"] ?? []))
    let stranger = try #require(SigningKey(newNamed: "lab.example.org"))
    let forged = try SignedNote(text: real.text, signedBy: stranger)
    let checks = try EvidenceVerification(of: sample, keys: [key.key], earlier: [forged]).checks.filter(\.failed)
    #expect(checks.map(\.subject) == [.consistency])
    #expect("\(checks)".contains("is not signed by lab.example.org"), "\(checks)")
    if IndependentPython.isHere {
      try folder.write(forged.written, to: "forged.note")
      let second = try sample.secondVerifier(["--head", folder.file("forged.note"), "--key", key.key.text(.note)])
      #expect(second.status == 20 && second.output.contains("is not signed by lab.example.org"), "\(second.output)")
    }
  }

  @Test(
    "stamps that were promised are missed: of the last head, of the first, of another authority",
    .enabled(if: LocalAuthority.isHere, "\(LocalAuthority.note)"))
  func promised() throws {
    let (place, elsewhere) = (try TemporaryFolder(), try TemporaryFolder())
    let authority = try LocalAuthority(in: place.path, key: .p256)
    let other = try LocalAuthority(in: elsewhere.path, key: .p256)
    let certificates = X509Certificate.all(pem: try FileBytes.read(authority.anchor))
    let promise = PlannedCustody(authorities: [.init(url: Self.url, certificates: certificates)])
    // The sample's first head is signed now, after its attempts by their clock: `protocol` tells, and is not asked here.
    let whole = try evidence(stamping: [1, 3], authority: authority, promise: promise)
    let found = try coverage(whole, anchor: authority.anchor)
    #expect(
      found.hasPrefix("✓ coverage: the protocol promises time stamps by \(Self.url); no time stamp: 1 of 3"), "\(found)"
    )
    #expect(found.contains("checkpoints, 2; the last time stamp came ") && found.contains(" s after the last attempt;"))
    #expect(found.hasSuffix("every record stands under the word of somebody else"), "\(found)")
    #expect(try coverage(whole).hasSuffix("its time stamps count with --authority"))

    let last = try coverage(try evidence(stamping: [1, 2], authority: authority, promise: promise))
    #expect(last.hasPrefix("✗ coverage: ") && last.contains("of the last checkpoint: there is none, and no failure"))
    let first = try coverage(try evidence(stamping: [3], authority: authority, promise: promise))
    #expect(first.hasPrefix("✗ coverage: ") && first.contains("before the first attempt: there is none"), "\(first)")
    // Another's stamps under its name: the certificate in the protocol tells.
    let strange = try coverage(try evidence(stamping: [1, 3], authority: other, promise: promise))
    #expect(strange.hasPrefix("✗ coverage: "), "\(strange)")
    let bare = PlannedCustody(authorities: [.init(url: Self.url)])
    #expect(try coverage(try evidence(stamping: [1, 3], authority: other, promise: bare)).hasPrefix("– coverage: "))
    withExtendedLifetime((place, elsewhere)) {}
  }

  @Test(
    "an authority that did not answer is told, where the log says so after its last attempt",
    .enabled(if: LocalAuthority.isHere, "\(LocalAuthority.note)"))
  func failureRecorded() throws {
    let place = try TemporaryFolder()
    let authority = try LocalAuthority(in: place.path, key: .p256)
    let promise = PlannedCustody(authorities: [.init(url: Self.url)])
    func failing(_ server: String) -> (CaseStore) throws -> Void {
      {
        try $0.record(ClockReading(server: server, moment: .end, outcome: .failed("status 503")), at: Date())
      }
    }
    let told = try coverage(
      try evidence(stamping: [1], authority: authority, promise: promise, record: failing(Self.url)))
    #expect(told.hasPrefix("– coverage: "), "\(told)")
    #expect(
      told.contains("\(Self.url) gave none of the last checkpoint: status 503, as the operator recorded"), "\(told)")
    #expect(told.contains("the last time stamp covers 0 of 25 attempts, the last of which ended "), "\(told)")
    let other = try coverage(
      try evidence(stamping: [1], authority: authority, promise: promise, record: failing("http://x.example.org")))
    #expect(other.hasPrefix("✗ coverage: "), "\(other)")
    withExtendedLifetime(place) {}
  }
}
