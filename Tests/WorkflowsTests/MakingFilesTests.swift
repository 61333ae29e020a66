import Cases
import Formats
import Importing
import Likelihood
import Similarity
import TestSupport
import Testing
import Workflows

/// Workflows that make files of others: a cohort, a probe set, parts of a measurement.
@Suite("Making cohorts, probe sets and measurements of files")
struct MakingFilesTests {
  /// What others recorded of six models, some of whom answered fewer of the ten questions, and a file that is none.
  private static func results() throws -> RecordedFolder {
    let recorded = try RecordedFolder()
    for (name, answers) in [
      ("falcon-x", 10), ("llama-x", 10), ("phi-x", 10), ("qwen-x", 6), ("short-x", 3), ("unheard", 8),
    ] {
      let records = (0..<answers).map { prompt in
        JSONValue.object([
          "instruction": .string("Question \(prompt)?"), "generator": .string(name),
          "output": .string("Answer of \(name) to \(prompt)."),
        ])
      }
      try recorded.write(JSONValue.array(records).canonical, to: "results/\(name)/model_outputs.json")
    }
    try recorded.write("no answers\n", to: "results/broken.json")
    return recorded
  }

  @Test("a folder of recorded answers becomes a cohort, and a case is drafted on the prompts that most of it answered")
  func cohort() async throws {
    let recorded = try Self.results()
    let cohort = "\(recorded.path)/cohort"
    let found = try ImportCohort(
      "\(recorded.path)/results", format: nil, fields: ImportFields(), matchesByText: false, minimumPrompts: 5
    ).run(to: cohort)
    #expect(found.files.compactMap(\.model?.rawValue) == ["falcon-x", "llama-x", "phi-x", "qwen-x", "unheard"])
    #expect(found.files.map(\.count) == [10, 10, 10, 6, 8, 10, 5])
    #expect(found.contents.unread.map(\.file) == ["\(recorded.path)/results/broken.json"])
    #expect(found.unknown == [ModelID("unheard")])
    // Of five models four answered the seventh and the eighth question, and three the last two.
    #expect(found.common == 8)
    let table = String(decoding: try FileBytes.read("\(cohort)/lineage.csv"), as: UTF8.self)
    #expect(table.split(separator: "\n").map(String.init).contains("qwen-x,Alibaba,,,"))
    #expect(table.hasSuffix("unheard,,,,\n") && !table.contains("short-x"))
    let draft = try await DraftCase(
      suspect: "http://127.0.0.1:9/v1#mine", candidates: ["http://127.0.0.1:9/v1#theirs"], cohort: [cohort], seed: 5,
      environment: [:]
    ).write(to: "\(recorded.path)/case.yaml")
    #expect(draft.configuration.recorded.count == 5 && draft.forecast.recorded == 5 && !draft.forecast.hasLikelihoods)
    #expect(draft.configuration.probes.count == 8 && draft.configuration.plannedItems == 32)
    let pair = try #require(draft.forecast.pairs.first)
    #expect(
      pair.reasons == [
        .tooFewPrompts(found: 8, needed: 100), .cohortTooSmall(found: 5, needed: 8),
        .lineageUnknown([ModelID("mine"), ModelID("theirs")]),
      ])
  }

  @Test("where nobody answered enough, or nothing lies there, there is no cohort, and the reason of a bad file is told")
  func noCohort() throws {
    let recorded = try Self.results()
    func imported(_ folder: String, _ fewest: Int) throws -> ImportCohort.Findings {
      try ImportCohort(
        folder, format: nil, fields: ImportFields(), matchesByText: false, minimumPrompts: fewest
      ).run(to: "\(recorded.path)/cohort")
    }
    let one = "\(recorded.path)/results/qwen-x"
    #expect(throws: WorkflowError.nothingInFolder(one)) { try imported(one, 7) }
    #expect(try imported(one, 6).common == 6)
    // What is wrong with the file that could not be read tells more.
    #expect {
      try imported("\(recorded.path)/results", 99)
    } throws: {
      !($0 is WorkflowError)
    }
  }

  @Test("templates become a probe set whose digest is the file's; another set is not overwritten, nor an id used twice")
  func templates() throws {
    let recorded = try RecordedFolder()
    func template(_ id: String) -> String {
      #"{"id":"\#(id)","prompt":"Draw {a} beside {b} for \#(id).","slots":{"a":["x","y"],"b":["1","2","3"]}}"#
    }
    let files = [
      try recorded.write("[\(template("one")),\(template("two"))]", to: "a.json"),
      try recorded.write(template("three"), to: "b.json"),
    ]
    let output = "\(recorded.path)/probes.jsonl"
    let found = try ExpandTemplates(files).run(seed: 42, count: 4, to: output)
    #expect(try found.probes == 12 && found.digest == Digest(of: FileBytes.read(output)))
    #expect(found.sources.map(\.id) == ["one", "two", "three"] && found.sources.map(\.variants) == [6, 6, 6])
    #expect(found.sources.map(\.file) == [files[0], files[0], files[1]])
    #expect(found.sources[2].digest == Digest(of: try FileBytes.read(files[1])))
    let probes = try ProbeSet.read(file: output).probes
    #expect(probes.count == 12 && Set(probes.filter { $0.id.rawValue.hasPrefix("two-s42-") }.map(\.prompt)).count == 4)
    #expect(try ExpandTemplates(files).run(seed: 42, count: 4, to: output).digest == found.digest)
    #expect(throws: FileError.wouldOverwrite(file: output)) {
      try ExpandTemplates(files).run(seed: 43, count: 4, to: output)
    }
    #expect(throws: CasesError.template(file: files[1], .repeatedTemplate("three"))) {
      try ExpandTemplates([files[1], files[1]]).run(seed: 42, count: 4, to: output)
    }
  }

  private static func lines(_ transcripts: [ModelID: Transcript], prompts: (Int) -> Bool = { _ in true }) -> [String] {
    let names = Set(transcripts.values.flatMap(\.responses).map(\.prompt)).sorted()
    let kept = Set(names.enumerated().filter { prompts($0.offset) }.map(\.element))
    let answers = transcripts.values.flatMap { transcript in
      transcript.responses.filter { kept.contains($0.prompt) }.map { (model: transcript.model, response: $0) }
    }
    return answers.sorted { ($0.response.prompt, $0.model) < ($1.response.prompt, $1.model) }.map { answer in
      JSONValue.object([
        "model": .string(answer.model.rawValue), "prompt_id": .string(answer.response.prompt.rawValue),
        "sample": .integer(answer.response.sample), "text": .string(answer.response.text),
      ]).canonical + "\n"
    }
  }

  /// Reads in pieces that end within lines.
  private static func part(
    _ text: String, rows: Bool = true, tile: (blocks: Int, number: Int)? = nil
  ) throws -> [UInt8] {
    var rest = Array(text.utf8)[...]
    return try MeasureShard(keepsPrompts: rows, tile: tile).run(named: "answers") {
      let piece = Array(rest.prefix(1_000))
      rest = rest.dropFirst(piece.count)
      return piece
    }
  }

  @Test("parts by prompts and by tiles add up to the bytes of the whole, and say what measuring at once says")
  func parts() async throws {
    let recorded = try RecordedFolder()
    let transcripts = Voices.transcripts(prompts: 12)
    let whole = try Self.part(Self.lines(transcripts).joined())
    var files: [String] = []
    func keep(_ bytes: [UInt8]) throws {
      files.append(try recorded.write(String(decoding: bytes, as: UTF8.self), to: "part-\(files.count)"))
    }
    for rest in [1, 0, 2] { try keep(Self.part(Self.lines(transcripts) { $0 % 3 == rest }.joined())) }
    let sum = try MergeParts.merge(files)
    #expect(sum.bytes == whole && sum.models == 9 && sum.prompts == 12)
    #expect(MeasureShard.tiles(ofBlocks: 2) == 3 && MeasureShard.tiles(ofBlocks: 4) == 10)
    for tile in 1...3 { try keep(Self.part(Self.lines(transcripts).joined(), tile: (blocks: 2, number: tile))) }
    #expect(try MergeParts.merge(Array(files.suffix(3))).bytes == whole)
    // Some of the tiles make a part, which stands for no measurement yet.
    let some = try MergeParts.merge([files[3], files[5]])
    #expect(some.missing?.tile == 2 && some.missing?.of == 3 && sum.missing == nil)
    try keep(some.bytes)
    #expect(throws: PartError.tileMissing(part: files[6], blocks: 2, tile: 2)) {
      try MergeParts.measurement(files[6], of: transcripts, method: .current, rows: true)
    }
    #expect(try MergeParts.merge([files[4], files[6]]).bytes == whole)
    let file = try recorded.write(String(decoding: whole, as: UTF8.self), to: "whole")
    let read = try MergeParts.measurement(file, of: transcripts, method: .current, rows: true)
    let measured = try await CohortAnalysis(method: .current).measure(transcripts)
    #expect(read.scores() == measured.scores() && read.prompts == measured.prompts)
    #expect(read.meanLengths == measured.meanLengths && read.pairs == measured.pairs)
  }

  @Test("a measurement of other answers, of another method, or of sums where rows are needed is not taken")
  func refused() throws {
    let recorded = try RecordedFolder()
    let transcripts = Voices.transcripts(prompts: 4)
    let lines = Self.lines(transcripts)
    let sums = try Self.part(lines.joined(), rows: false)
    let file = try recorded.write(String(decoding: sums, as: UTF8.self), to: "sums")
    func measurement(
      of transcripts: [ModelID: Transcript]? = nil, _ method: CohortMethod = .current, rows: Bool = false
    ) throws -> Int {
      try MergeParts.measurement(file, of: transcripts, method: method, rows: rows).prompts.count
    }
    #expect(try measurement(of: transcripts) == 4)
    #expect(throws: PartError.sumsOnly(part: file)) { try measurement(rows: true) }
    #expect(throws: PartError.otherMethod(part: file, method: 3, first: 2)) { try measurement(.version2) }
    #expect(throws: PartError.otherModels(part: file, model: "m8", isMeasured: true)) {
      try measurement(of: transcripts.filter { $0.key != ModelID("m8") })
    }
    let other = try #require(transcripts[ModelID("m3")])
    let shorter = Transcript(model: other.model, responses: Array(other.responses.dropLast()), source: other.source)
    #expect(throws: PartError.otherAnswers(part: file, model: "m3")) {
      try measurement(of: transcripts.merging([other.model: shorter]) { $1 })
    }
    #expect(throws: FileError.defectiveLine(file: "answers", line: 2, .cutOff)) {
      try Self.part(lines[0] + String(lines[1].dropLast()))
    }
    #expect(throws: PartError.notInOrder(line: 2)) { try Self.part(lines[1] + lines[0]) }
    #expect(throws: PartError.noAnswers) { try MergeParts.merge([]) }
  }
}
