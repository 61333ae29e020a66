import Formats
import Foundation
import TestSupport
import Testing

@Suite("retort shard and retort merge")
struct ShardCommandTests {
  /// The answers of `CommandTests.transcripts` as lines in order, by prompt.
  private static func answers(_ folder: String) throws -> [String: [String]] {
    var lines: [(prompt: String, model: String, sample: Int, line: String)] = []
    let files = ["suspect.jsonl", "teacher.jsonl"] + (try FileBytes.list("\(folder)/cohort")).map { "cohort/\($0)" }
    for file in files {
      let model = String(file.split(separator: "/").last?.dropLast(".jsonl".count) ?? "")
      for line in String(decoding: try FileBytes.read("\(folder)/\(file)"), as: UTF8.self).split(separator: "\n") {
        var members = try #require(JSONValue(parsing: String(line))?.object)
        members["model"] = .string(model)
        lines.append(
          (
            members["prompt_id"]?.string ?? "", model, members["sample"]?.integer ?? 0,
            JSONValue.object(members).canonical
          ))
      }
    }
    return Dictionary(grouping: lines, by: \.prompt).mapValues { lines in
      lines.sorted { ($0.model, $0.sample) < ($1.model, $1.sample) }.map(\.line)
    }
  }

  private static func input(_ answers: [String: [String]], _ prompts: some Sequence<String>) -> String {
    prompts.sorted().flatMap { answers[$0] ?? [] }.map { $0 + "\n" }.joined()
  }

  private static func part(_ input: String, to file: String, _ more: [String] = ["--rows"]) throws {
    let outcome = try CommandTests.retort(["shard"] + more, input: input)
    #expect(outcome.status == 0, "\(outcome.errors)")
    try FileBytes.write(outcome.output.utf8, to: file)
  }

  /// Fourteen models, with three samples of one prompt from all but the teacher. Some phrases of every prompt are said by 8 to 11 of
  /// them, and so multiplied as a matrix; the other words are of few.
  private static func crowd() throws -> String {
    let folder = try CommandTests.folder()
    let names = ["suspect", "teacher"] + (0..<12).map { "cohort/c\($0)" }
    for (model, name) in names.enumerated() {
      var lines = ""
      for prompt in 0..<41 {
        for sample in 0..<(prompt == 5 && name != "teacher" ? 3 : 1) {
          lines += #"{"prompt_id":"p\#(prompt)","sample":\#(sample),"text":"\#(text(model, prompt, sample))"}"# + "\n"
        }
      }
      try FileBytes.write(lines.utf8, to: "\(folder)/\(name).jsonl")
    }
    return folder
  }

  private static func text(_ model: Int, _ prompt: Int, _ sample: Int) -> String {
    // The suspect copies every second answer.
    let voice = model == 0 && prompt.isMultiple(of: 2) ? 1 : model
    let own = (0..<12).map { "v\(voice)w\((prompt * 7 + sample * 3 + $0 * $0 * (voice + 2)) % 11)" }
    // 5 and 14 have no common factor: of 14 models 8, 9, 10 or 11 say a phrase.
    let said = (0..<8).filter { (model * 5 + $0 * 3 + prompt) % 14 < 8 + $0 % 4 }
    let phrases = said.flatMap { phrase in (0..<6).map { "k\(phrase)p\(prompt % 3)w\($0)" } }
    return (own + phrases).joined(separator: " ") + "."
  }

  /// An order that has nothing to do with that of the names.
  private static func shuffled(_ names: some Sequence<String>, _ seed: String) -> [String] {
    names.map { (key: Digest(of: seed + $0).hex, name: $0) }.sorted { $0.key < $1.key }.map(\.name)
  }

  private static let kernels = ["Haswell", "SkylakeX", "Nehalem"]

  @Test(
    "a case compared from 1, 2, 7 or 40 shards, added in any order, has the bytes of one that is measured, by every kernel"
  )
  func sameBytes() throws {
    let folder = try Self.crowd()
    let answers = try Self.answers(folder)
    #expect(try CommandTests.compare(folder).status == 0)
    let expected = try FileBytes.read("\(folder)/report/result.json")
    var sums: Set<[UInt8]> = []
    for count in [1, 2, 7, 40] {
      let prompts = Self.shuffled(answers.keys, "prompts \(count)")
      let files = try (0..<count).map { shard in
        let file = "\(folder)/\(count)-\(shard).part"
        try Self.part(
          Self.input(answers, prompts.enumerated().filter { $0.offset % count == shard }.map(\.element)), to: file)
        return file
      }
      let sum = "\(folder)/\(count).measured"
      let merged = try CommandTests.retort(["merge"] + Self.shuffled(files, "parts") + ["-o", sum])
      #expect(merged.status == 0 && merged.errors.contains("14 models, 41 prompts"), "\(merged.errors)")
      sums.insert(try FileBytes.read(sum))
      #expect(try CommandTests.compare(folder, ["--measurement", sum]).status == 0)
      #expect(try FileBytes.read("\(folder)/report/result.json") == expected, "\(count) shards")
    }
    #expect(sums.count == 1)
    for kernel in Self.kernels {
      for more in [[], ["--measurement", "\(folder)/7.measured"]] {
        let outcome = try CommandTests.retort(
          Self.comparison(folder) + more, environment: ["OPENBLAS_CORETYPE": kernel])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try FileBytes.read("\(folder)/again/result.json") == expected, "\(kernel) \(more)")
      }
    }
    // The tree asks nothing else.
    let tree = try CommandTests.retort([
      "tree", "--measurement", "\(folder)/7.measured", "-o", "\(folder)/tree", "--replicates", "20",
    ])
    #expect(tree.status == 0 && tree.output.contains("14 models"), "\(tree.errors)")
  }

  private static func comparison(_ folder: String) -> [String] {
    [
      "compare", "--suspect", "\(folder)/suspect.jsonl", "--candidate", "\(folder)/teacher.jsonl", "--cohort",
      "\(folder)/cohort", "-o", "\(folder)/again",
    ]
  }

  @Test("the order of files, prompts and samples changes nothing but the digests of the files")
  func anyOrder() throws {
    let folder = try Self.crowd()
    #expect(try CommandTests.compare(folder).status == 0)
    let files = ["suspect.jsonl", "teacher.jsonl"] + (try FileBytes.list("\(folder)/cohort")).map { "cohort/\($0)" }
    var expected = String(decoding: try FileBytes.read("\(folder)/report/result.json"), as: UTF8.self)
    let other = try CommandTests.folder()
    for file in Self.shuffled(files, "files") {
      let text = String(decoding: try FileBytes.read("\(folder)/\(file)"), as: UTF8.self)
      let lines = text.split(separator: "\n").map(String.init)
      let mixed = Self.shuffled(lines, file).map { $0 + "\n" }.joined()
      #expect(mixed != text)
      try FileBytes.write(mixed.utf8, to: "\(other)/\(file)")
      #expect(expected.contains(Digest(of: text).hex))
      expected = expected.replacing(Digest(of: text).hex, with: Digest(of: mixed).hex)
    }
    #expect(try CommandTests.compare(other).status == 0)
    #expect(String(decoding: try FileBytes.read("\(other)/report/result.json"), as: UTF8.self) == expected)
  }

  /// Linear algebra runs on one thread; what varies is on how many cores its blocks, the channels and the bootstrap are dealt out.
  private static let pinning = "/usr/bin/taskset"

  @Test(
    "a case has on one core the bytes that it has on all",
    .enabled(if: FileManager.default.isExecutableFile(atPath: pinning), "taskset is not installed"))
  func oneCore() throws {
    let folder = try Self.crowd()
    #expect(try CommandTests.compare(folder).status == 0)
    let allowed = try String(contentsOfFile: "/proc/self/status", encoding: .utf8).split(separator: "\n")
      .first { $0.hasPrefix("Cpus_allowed_list:") }
    let core = try #require(allowed?.split(whereSeparator: { !$0.isNumber }).first)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.pinning)
    process.arguments = ["--cpu-list", String(core), CommandTests.program] + Self.comparison(folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit(orAfter: 600)
    #expect(process.terminationStatus == 0)
    #expect(try FileBytes.read("\(folder)/again/result.json") == FileBytes.read("\(folder)/report/result.json"))
  }

  @Test("where there is debris in answers, compare says that they were measured again beside their measurement")
  func debris() throws {
    let folder = try CommandTests.transcripts(cohort: 6, prompts: 30)
    let marked = String(decoding: try FileBytes.read("\(folder)/cohort/c3.jsonl"), as: UTF8.self)
      .replacing("\"text\":\"", with: "\"text\":\"§q7~ the tool of the house says in reply: ")
    try FileBytes.write(marked.utf8, to: "\(folder)/cohort/c3.jsonl")
    let answers = try Self.answers(folder)
    try Self.part(Self.input(answers, answers.keys), to: "\(folder)/all")
    let plain = try CommandTests.compare(folder)
    #expect(plain.status == 0 && !plain.errors.contains("measured again"), "\(plain.errors)")
    let expected = try FileBytes.read("\(folder)/report/result.json")
    let found = try CommandTests.compare(folder, ["--measurement", "\(folder)/all"])
    #expect(
      found.status == 0 && found.errors.contains("the answers were measured again without them"), "\(found.errors)")
    #expect(try FileBytes.read("\(folder)/report/result.json") == expected)
  }

  @Test("bad shards and parts end with one clear line, and write nothing")
  func refused() throws {
    let folder = try CommandTests.transcripts(cohort: 5, prompts: 6)
    let answers = try Self.answers(folder)
    let all = Self.input(answers, answers.keys)
    let lines = all.split(separator: "\n").map(String.init)
    for (input, expected) in [
      (lines.reversed().joined(separator: "\n") + "\n", "does not follow the one before it"),
      ((lines + [lines[0]]).joined(separator: "\n") + "\n", "does not follow the one before it"),
      (String(all.dropLast(5)), "cut off"), ("{\"model\":\"m\"}\n", "prompt_id is missing"),
      ("{\"model\":\"m\",\"prompt_id\":\"p\",\"sample\":0,\"text\":NaN}\n", "not a JSON object"),
      ("nothing\n", "not a JSON object"),
    ] {
      let outcome = try CommandTests.retort(["shard"], input: input)
      #expect(outcome.status == 3 && outcome.output.isEmpty, "\(outcome.status) \(outcome.output)")
      #expect(
        outcome.errors.contains(expected) && outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    }
    let half = answers.keys.sorted().prefix(3)
    try Self.part(Self.input(answers, half), to: "\(folder)/a", [])
    try Self.part(Self.input(answers, answers.keys.filter { !half.contains($0) }), to: "\(folder)/b", [])
    try Self.part(Self.input(answers, answers.keys.filter { !half.contains($0) }), to: "\(folder)/rows")
    try Self.part(
      Self.input(answers, answers.keys.filter { !half.contains($0) }), to: "\(folder)/old", ["--method", "2"])
    try Self.part("", to: "\(folder)/empty", [])
    // One prompt's answers in two shards, and in one of them that of one model alone.
    let torn = answers[half[half.startIndex]] ?? []
    try Self.part(torn.dropFirst().map { $0 + "\n" }.joined(), to: "\(folder)/most", [])
    try Self.part(torn.prefix(1).map { $0 + "\n" }.joined(), to: "\(folder)/one", [])
    let bytes = try FileBytes.read("\(folder)/b")
    try FileBytes.write(bytes.dropLast(80), to: "\(folder)/cut")
    try FileBytes.write(bytes.prefix(200) + [0x31] + bytes.dropFirst(201), to: "\(folder)/flipped")
    for (parts, expected) in [
      (["a", "cut"], "cut off"), (["a", "flipped"], "not those that were written"),
      (["a", "a"], "in another part already"), (["most", "one"], "in another part already"),
      (["one", "b", "most"], "in another part already"),
      (["a", "old"], "method"), (["a", "rows"], "--rows"), (["a", "missing"], "cannot be read"),
    ] {
      let outcome = try CommandTests.retort(["merge"] + parts.map { "\(folder)/\($0)" } + ["-o", "\(folder)/sum"])
      #expect(outcome.status == 3, "\(parts) \(outcome.status)")
      #expect(
        outcome.errors.contains(expected) && outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/sum"))
    }
    #expect(
      try CommandTests.retort(["merge", "\(folder)/empty", "\(folder)/b", "\(folder)/a", "-o", "\(folder)/sum"]).status
        == 0)
    for (more, expected) in [
      (["--measurement", "\(folder)/sum"], "holds sums only"),
      (["--measurement", "\(folder)/suspect.jsonl"], "no last line"),
      (["--measurement", "\(folder)/rows"], "other answers"),
    ] {
      let outcome = try CommandTests.compare(folder, more)
      #expect(outcome.status == 3 && outcome.errors.contains(expected), "\(outcome.status) \(outcome.errors)")
    }
    #expect(try CommandTests.retort(["tree", "-o", "\(folder)/tree"]).status == 64)
    #expect(
      try CommandTests.retort(["tree", "--measurement", "\(folder)/sum", "-o", "\(folder)/tree", "--replicates", "0"])
        .status == 0)
  }

  @Test(
    "tiles of shards merge to the bytes of what is measured at once, in steps too; what is missing or comes twice is refused"
  )
  func tiles() throws {
    let folder = try CommandTests.transcripts(cohort: 6, prompts: 8)
    let answers = try Self.answers(folder)
    try Self.part(Self.input(answers, answers.keys), to: "\(folder)/whole")
    let half = answers.keys.sorted().prefix(3)
    var parts: [[String]] = []
    for tile in 1...3 {
      let names = ["\(folder)/\(tile)-a", "\(folder)/\(tile)-b"]
      let options = ["--rows", "--tiles", "2", "--tile", "\(tile)"]
      try Self.part(Self.input(answers, half), to: names[0], options)
      try Self.part(Self.input(answers, answers.keys.filter { !half.contains($0) }), to: names[1], options)
      parts.append(names)
    }
    func merge(_ files: [String], to sum: String = "sum") throws -> (status: Int32, errors: String) {
      let outcome = try CommandTests.retort(["merge"] + files + ["-o", "\(folder)/\(sum)"])
      return (outcome.status, outcome.errors)
    }
    try Self.part(Self.input(answers, answers.keys), to: "\(folder)/other", ["--rows", "--tiles", "3", "--tile", "1"])
    for (files, expected) in [
      (parts[0] + parts[1] + parts[2] + parts[1], "in another part"),
      (parts[0] + parts[1] + [parts[2][0]], "not measured of the answers that other tiles"),
      (parts[0] + ["\(folder)/whole"], "in another part"),
      (parts[0] + ["\(folder)/other"], "merge the parts of each --tiles by themselves first"),
    ] {
      let (status, errors) = try merge(files)
      #expect(status == 3 && errors.contains(expected) && errors.split(separator: "\n").count == 1, "\(errors)")
      #expect(!FileBytes.exists("\(folder)/sum"))
    }
    #expect(try merge(parts.flatMap(\.self).reversed()).status == 0)
    #expect(try FileBytes.read("\(folder)/sum") == FileBytes.read("\(folder)/whole"))
    let some = try merge([parts[2][1], parts[0][0], parts[0][1], parts[2][0]], to: "some")
    #expect(some.status == 0 && some.errors.contains("tile 2 of 3 is in none of these parts"), "\(some.errors)")
    #expect(try merge(["\(folder)/some"] + parts[1], to: "steps").status == 0)
    #expect(try FileBytes.read("\(folder)/steps") == FileBytes.read("\(folder)/whole"))
    let one = try CommandTests.compare(folder, ["--measurement", "\(folder)/some"])
    #expect(one.status == 3 && one.errors.contains("is in no part"), "\(one.errors)")
    for options in [
      ["--tiles", "2"], ["--tile", "1"], ["--tiles", "1", "--tile", "1"], ["--tiles", "2", "--tile", "4"],
    ] {
      #expect(try CommandTests.retort(["shard"] + options, input: "").status == 64)
    }
  }
}
