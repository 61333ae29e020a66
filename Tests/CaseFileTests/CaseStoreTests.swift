import CaseFile
import Cases
import Formats
import Foundation
import GRDB
import TestSupport
import Testing

struct CaseStoreTests {
  let folder: TemporaryFolder
  var file: String { folder.file("sample.retort") }

  init() throws { folder = try TemporaryFolder() }

  @Test("what was stored is read back: answers with their bytes, outcomes, declared models, lineage")
  func roundTrip() throws {
    let configuration = try SampleCase.configuration(logprobs: true)
    let store = try SampleCase.store(at: file, configuration)
    let run = try store.beginRun(started: "2026-11-23T12:44:10.000Z", tool: "test 1")
    let items = try store.remaining()
    #expect(items == SampleCase.plan(configuration))
    let text = "A NUL \0, a quote \", an emoji 😀, \u{7F} and \r\n"
    let tokens = [TokenLogprob(token: "\u{FFFD}", id: 184, bytes: [181], logprob: -1.25, top: [])]
    try store.append(SampleCase.failed(items[0]), run: run)
    try store.append(SampleCase.answered(items[0], text: text, tokens: tokens), run: run)
    try store.append(SampleCase.answered(items[1], text: "", outcome: .empty), run: run)
    #expect(try store.remaining() == Array(items.dropFirst(2)))
    #expect(try store.spent() == (calls: 3, tokens: 14))
    try store.close()

    let contents = try CaseStore.open(at: file).contents()
    #expect(contents.name == "sample" && contents.seed == .max)
    #expect(contents.suspect == ModelID("s") && contents.candidates == [ModelID("t")] && contents.cohort.count == 4)
    #expect(contents.transcripts.count == 6)
    #expect(
      contents.transcripts[ModelID("s")]?.responses == [
        Response(prompt: PromptID("p0"), sample: 0, text: text, tokens: tokens)
      ])
    #expect(contents.transcripts[ModelID("t")]?.responses.map(\.text) == [""])
    #expect(contents.transcripts[ModelID("a")]?.responses == [])
    #expect(contents.lineage[ModelID("s")] == Lineage.Entry(developer: "A", teachers: [ModelID("t")]))
    #expect(contents.probes[PromptID("p2")]?.prompt == "Question 2?")
    let summary = try #require(contents.run?.endpoints.first)
    #expect(summary.outcomes == ["ok": 1, "failed": 1] && summary.attempts == 2 && summary.planned == 3)
    #expect(summary.declaredModels == ["declared-1"] && summary.declaredFingerprints == ["fp_1"])
    #expect(contents.run?.configuration == configuration.digest.hex)
    #expect(contents.run?.firstAttempt == "2026-11-23T12:44:10.123Z")
  }

  @Test(
    "of the tokens that an earlier version kept those are read that were asked for, and no more than the text can have",
    arguments: [(false, 1, nil), (true, 1, 1), (true, 18, 18), (true, 19, nil)] as [(Bool, Int, Int?)])
  func tokens(asked: Bool, count: Int, read: Int?) throws {
    let store = try SampleCase.store(at: file, try SampleCase.configuration(logprobs: asked))
    let run = try store.beginRun(started: "2026-11-23T12:44:10.000Z", tool: "test 1")
    let item = try store.remaining()[0]
    let token = TokenLogprob(token: "", logprob: -1)
    // Ten bytes and eight marks.
    try store.append(
      SampleCase.answered(item, text: "An answer.", tokens: Array(repeating: token, count: count)), run: run)
    #expect(try store.contents().transcripts[item.model]?.responses.map { $0.tokens?.count } == [read])
    #expect(try store.transcripts()[item.model]?.responses.map { $0.tokens?.count } == [read])
    #expect(try store.recordedAnswers(of: item.model).map { $0.response.tokens?.count } == [read])
    #expect(try store.attempt(1)?.answer?.tokens?.count == count)
    try store.close()
  }

  @Test("the source of a transcript is the SHA-256 of its canonical lines")
  func source() throws {
    let response = Response(prompt: PromptID("p"), sample: 1, text: "x\"y")
    #expect(response.canonicalLine == #"{"prompt_id":"p","sample":1,"text":"x\"y"}"# + "\n")
    #expect(
      Transcript(model: ModelID("m"), counted: [response]).source
        == Digest(of: #"{"prompt_id":"p","sample":1,"text":"x\"y"}"# + "\n"))
  }

  @Test("after closing, a case is one file")
  func oneFile() throws {
    let store = try SampleCase.store(at: file, try SampleCase.configuration())
    let run = try store.beginRun(started: "", tool: "")
    try store.append(SampleCase.answered(try store.remaining()[0]), run: run)
    #expect(try folder.names().contains("sample.retort-wal"))
    try store.close()
    #expect(try folder.names() == ["sample.retort"])
  }

  @Test("a pipe beside a case, where its log would lie, is not waited for", arguments: ["-wal", "-shm", "-journal"])
  func pipeBeside(ending: String) throws {
    try SampleCase.store(at: file, try SampleCase.configuration()).close()
    try #require(mkfifo(file + ending, 0o600) == 0)
    let refused = FileError.unreadable(file: file + ending, reason: "it is no file")
    #expect(throws: refused) { try CaseStore.open(at: file) }
    #expect(throws: refused) { try CaseStore.open(at: file, for: .writing) }
  }

  @Test("an attempt that was appended survives a crash: the file is copied while it is open")
  func crash() throws {
    let store = try SampleCase.store(at: file, try SampleCase.configuration())
    let run = try store.beginRun(started: "", tool: "")
    try store.append(SampleCase.answered(try store.remaining()[0]), run: run)
    let copy = folder.file("copy.retort")
    for ending in ["", "-wal"] { try FileManager.default.copyItem(atPath: file + ending, toPath: copy + ending) }
    try store.close()
    let recovered = try CaseStore.open(at: copy)
    #expect(try recovered.contents().run?.endpoints.first?.outcomes == ["ok": 1])
    try recovered.close()
    #expect(try folder.names() == ["copy.retort", "sample.retort"])
  }

  @Test("a second answer to one item is refused, a failure after it as well as before is not lost")
  func oneAnswer() throws {
    let store = try SampleCase.store(at: file, try SampleCase.configuration())
    let run = try store.beginRun(started: "", tool: "")
    let item = try store.remaining()[0]
    try store.append(SampleCase.answered(item), run: run)
    #expect(
      throws: CaseFileError.alreadyAnswered(file: file, model: item.model, prompt: item.probe, sample: 0)
    ) { try store.append(SampleCase.answered(item, text: "Another."), run: run) }
    #expect(try store.transcripts()[item.model]?.responses.map(\.text) == ["An answer."])
    try store.verifyChain()
    try store.close()
  }

  @Test(
    "what is stored cannot be changed or deleted",
    arguments: [
      "UPDATE attempt SET started = 'x'", "DELETE FROM attempt", "UPDATE blob SET content = x'00'", "DELETE FROM blob",
      "UPDATE plan SET sample = 9", "DELETE FROM plan", "UPDATE protocol SET content = ''", "DELETE FROM protocol",
    ])
  func appendOnly(sql: String) throws {
    let store = try SampleCase.store(at: file, try SampleCase.configuration())
    let run = try store.beginRun(started: "", tool: "")
    try store.append(SampleCase.answered(try store.remaining()[0]), run: run)
    try store.close()
    let raw = try DatabaseQueue(path: file)
    let error = #expect(throws: DatabaseError.self) { try raw.write { try $0.execute(sql: sql) } }
    #expect(error?.resultCode == .SQLITE_CONSTRAINT)
  }

  @Test("resuming with another protocol names what differs; other limits and lineage are taken over")
  func otherConfiguration() throws {
    let configuration = try SampleCase.configuration()
    try SampleCase.store(at: file, configuration).close()
    func resume(_ other: CaseConfiguration) throws -> CaseStore {
      try CaseStore.resume(at: file, configuration: other, plan: SampleCase.plan(other), tool: "test 2")
    }
    #expect(
      throws: CaseFileError.configurationDiffers(
        file: file, [ConfigurationDifference(path: "sampling.temperature", stored: "0.7", current: "1")])
    ) { _ = try resume(SampleCase.configuration(temperature: 1)) }
    let store = try resume(SampleCase.configuration(name: "renamed", developer: "B"))
    let contents = try store.contents()
    #expect(contents.name == "renamed")
    #expect(contents.lineage[ModelID("a")]?.developer == "B")
    try store.close()
  }

  @Test("an attempt costs as much when there are thousands as when there are few", .tags(.slow))
  func speed() throws {
    let configuration = try SampleCase.configuration(probes: 500)
    let store = try SampleCase.store(at: file, configuration)
    let run = try store.beginRun(started: "", tool: "")
    let items = try store.remaining()
    let text = String(repeating: "An answer of about a kilobyte. ", count: 32)
    let times = try stride(from: 0, to: 3_000, by: 500).map { start in
      try ContinuousClock().measure {
        for item in items[start..<(start + 500)] { try store.append(SampleCase.answered(item, text: text), run: run) }
      }
    }
    // The machine may be busy for a while: the quickest of the last blocks counts.
    let last = try #require(times.suffix(3).min())
    #expect(last < times[0] * 4, "\(times)")
    #expect(try store.contents().transcripts.values.reduce(0) { $0 + $1.responses.count } == 3_000)
    try store.close()
  }
}

extension Tag {
  @Tag static var slow: Self
}
