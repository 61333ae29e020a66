import Formats
import Foundation
import TestSupport
import Testing

@Suite("retort shard and retort merge")
struct ShardCommandTests {
  /// The answers of `CommandTests.transcripts` as lines in order, by prompt.
  private static func answers(_ folder: String) throws -> [String: [String]] {
    var lines: [(prompt: String, model: String, line: String)] = []
    let files = ["suspect.jsonl", "teacher.jsonl"] + (try FileBytes.list("\(folder)/cohort")).map { "cohort/\($0)" }
    for file in files {
      let model = String(file.split(separator: "/").last?.dropLast(".jsonl".count) ?? "")
      for line in String(decoding: try FileBytes.read("\(folder)/\(file)"), as: UTF8.self).split(separator: "\n") {
        var members = try #require(JSONValue(parsing: String(line))?.object)
        members["model"] = .string(model)
        lines.append((members["prompt_id"]?.string ?? "", model, JSONValue.object(members).canonical))
      }
    }
    return Dictionary(grouping: lines, by: \.prompt).mapValues { $0.sorted { $0.model < $1.model }.map(\.line) }
  }

  private static func input(_ answers: [String: [String]], _ prompts: some Sequence<String>) -> String {
    prompts.sorted().flatMap { answers[$0] ?? [] }.map { $0 + "\n" }.joined()
  }

  private static func part(_ input: String, to file: String, _ more: [String] = ["--rows"]) throws {
    let outcome = try CommandTests.retort(["shard"] + more, input: input)
    #expect(outcome.status == 0, "\(outcome.errors)")
    try FileBytes.write(outcome.output.utf8, to: file)
  }

  @Test(
    "a case compared from merged shards has the bytes of one that is measured, by every kernel, with one thread and with two"
  )
  func sameBytes() throws {
    let folder = try CommandTests.transcripts(cohort: 6, prompts: 24)
    let answers = try Self.answers(folder)
    #expect(try CommandTests.compare(folder).status == 0)
    let expected = try FileBytes.read("\(folder)/report/result.json")
    let prompts = answers.keys.sorted()
    for (count, order) in [(1, [0]), (5, [3, 0, 4, 2, 1])] {
      for shard in 0..<count {
        try Self.part(
          Self.input(answers, prompts.enumerated().filter { $0.offset % count == shard }.map(\.element)),
          to: "\(folder)/\(count)-\(shard).part")
      }
      let merged = try CommandTests.retort(
        ["merge"] + order.map { "\(folder)/\(count)-\($0).part" } + ["-o", "\(folder)/\(count).measured"])
      #expect(merged.status == 0 && merged.errors.contains("8 models, 24 prompts"), "\(merged.errors)")
    }
    let measured = try FileBytes.read("\(folder)/5.measured")
    #expect(try FileBytes.read("\(folder)/1.measured") == measured)
    for (kernel, threads, more) in [
      ("Haswell", "1", []), ("SkylakeX", "2", []), ("Nehalem", "2", ["--measurement", "\(folder)/5.measured"]),
    ] {
      let outcome = try CommandTests.retort(
        [
          "compare", "--suspect", "\(folder)/suspect.jsonl", "--candidate", "\(folder)/teacher.jsonl", "--cohort",
          "\(folder)/cohort", "-o", "\(folder)/\(kernel)",
        ] + more, environment: ["OPENBLAS_CORETYPE": kernel, "OPENBLAS_NUM_THREADS": threads])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try FileBytes.read("\(folder)/\(kernel)/result.json") == expected, "\(kernel)")
    }
    // The tree asks nothing else.
    let tree = try CommandTests.retort([
      "tree", "--measurement", "\(folder)/5.measured", "-o", "\(folder)/tree", "--replicates", "20",
    ])
    #expect(tree.status == 0 && tree.output.contains("8 models"), "\(tree.errors)")
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
    let bytes = try FileBytes.read("\(folder)/b")
    try FileBytes.write(bytes.dropLast(80), to: "\(folder)/cut")
    try FileBytes.write(bytes.prefix(200) + [0x31] + bytes.dropFirst(201), to: "\(folder)/flipped")
    for (parts, expected) in [
      (["a", "cut"], "cut off"), (["a", "flipped"], "not those that were written"),
      (["a", "a"], "in another part already"),
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

  @Test("tiles of shards merge to the bytes of what is measured at once; one that is missing or comes twice is refused")
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
    func merge(_ files: [String]) throws -> (status: Int32, errors: String) {
      let outcome = try CommandTests.retort(["merge"] + files + ["-o", "\(folder)/sum"])
      return (outcome.status, outcome.errors)
    }
    for (files, expected) in [
      (parts[0] + parts[2], "tile 2 of 3 is in no part"),
      (parts[0] + parts[1] + parts[2] + parts[1], "in another part"),
      (parts[0] + parts[1] + [parts[2][0]], "not measured of the answers that other tiles"),
      (parts[0] + ["\(folder)/whole"], "one --tiles, or none"),
    ] {
      let (status, errors) = try merge(files)
      #expect(status == 3 && errors.contains(expected) && errors.split(separator: "\n").count == 1, "\(errors)")
      #expect(!FileBytes.exists("\(folder)/sum"))
    }
    #expect(try merge(parts.flatMap(\.self).reversed()).status == 0)
    #expect(try FileBytes.read("\(folder)/sum") == FileBytes.read("\(folder)/whole"))
    let one = try CommandTests.compare(folder, ["--measurement", parts[0][0]])
    #expect(one.status == 3 && one.errors.contains("is in no part"), "\(one.errors)")
    for options in [
      ["--tiles", "2"], ["--tile", "1"], ["--tiles", "1", "--tile", "1"], ["--tiles", "2", "--tile", "4"],
    ] {
      #expect(try CommandTests.retort(["shard"] + options, input: "").status == 64)
    }
  }
}
