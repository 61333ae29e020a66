import Formats
import Foundation
import Likelihood
import TestSupport
import Testing

@Suite("retort calibrate, and calibrations on the command line")
struct CalibrationCommandTests {
  private static let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources/Likelihood/Resources/calibration.json").path

  @Test("the demo's calibration is what its command makes")
  func demoMadeAgain() throws {
    let file = "\(try CommandTests.folder())/calibration.json"
    let made = try CommandTests.retort(["calibrate", "--demo", "-o", file])
    #expect(made.status == 0, "\(made.errors)")
    let shipped = Self.shipped.replacingOccurrences(of: "calibration.json", with: "demo-calibration.json")
    let differences = JSONDifferences.paths(
      JSONValue(parsing: try FileBytes.read(file)), JSONValue(parsing: try FileBytes.read(shipped)))
    // The version that made it stays: evidence names the calibration by its digest.
    #expect(differences.filter { $0 != "/tool" }.isEmpty, "\(differences.prefix(5))")
    #expect(try CommandTests.retort(["calibrate", "--demo", "--corpus", "x", "-o", file]).status == 64)
  }

  @Test(
    "the calibration that ships follows its schema", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)")
  )
  func schema() throws {
    let text = String(decoding: try FileBytes.read(Self.shipped), as: UTF8.self)
    #expect(try Schemas.violations(of: text, "calibration") == "")
  }

  /// A corpus of one set with the answers of `CommandTests.transcripts`, and one labelled pair.
  private static func corpus(student: String = "suspect") throws -> (folder: String, arguments: [String]) {
    let folder = try CommandTests.transcripts()
    let corpus = "\(folder)/corpus"
    try FileManager.default.createDirectory(atPath: "\(corpus)/one/responses", withIntermediateDirectories: true)
    for name in ["suspect", "teacher"] {
      try FileManager.default.copyItem(
        atPath: "\(folder)/\(name).jsonl", toPath: "\(corpus)/one/responses/\(name).jsonl")
    }
    for name in try FileBytes.list("\(folder)/cohort") {
      try FileManager.default.copyItem(atPath: "\(folder)/cohort/\(name)", toPath: "\(corpus)/one/responses/\(name)")
    }
    try FileBytes.write("model,developer,corpus\nsuspect,S,one\nteacher,T,one\n".utf8, to: "\(corpus)/lineage.csv")
    try FileBytes.write(
      """
      teacher,student,label,relation,teacher_corpus,student_corpus,student_family,teacher_developer
      teacher,\(student),1,distill_direct,one,one,f,T

      """.utf8, to: "\(corpus)/pairs.csv")
    return (folder, ["--corpus", corpus, "--pairs", "\(corpus)/pairs.csv"])
  }

  @Test("a measurement that no pair, no channel or no loss would use ends with one clear line, and nothing is written")
  func measurements() throws {
    let corpus = try Self.corpus()
    let output = ["-o", "\(corpus.folder)/v"]
    for (arguments, words) in [
      (
        corpus.arguments + ["--measurement", "won=x"],
        "--measurement won=FILE: no labelled pair is of that set; it must be one of one"
      ),
      (corpus.arguments + ["--measurement", "one=x", "--measurement", "one=y"], "must be the only one of its set"),
      (corpus.arguments + ["--measurement", "x"], "must be SET=FILE"),
      (corpus.arguments + ["--measurement", "one=x", "--channels"], "leave out --channels and --losses"),
      (["--losses", "l", "--measurement", "one=x"], "leave out --channels and --losses"),
    ] {
      let outcome = try CommandTests.retort(["validate"] + arguments + output)
      #expect(outcome.status == 64 && outcome.errors.contains(words), "\(outcome.status) \(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
      #expect(!FileManager.default.fileExists(atPath: "\(corpus.folder)/v"))
    }
    // One that is there is read, and must be of these answers.
    let absent = try CommandTests.retort(["validate"] + corpus.arguments + ["--measurement", "one=x"] + output)
    #expect(absent.status == 3 && absent.errors.contains("x: cannot be read"), "\(absent.errors)")
  }

  @Test("too few families and absent models end with one clear line, and nothing is written")
  func refusals() throws {
    let few = try Self.corpus()
    let file = "\(few.folder)/calibration.json"
    let calibrated = try CommandTests.retort(["calibrate"] + few.arguments + ["-o", file])
    #expect(calibrated.status == 3 && calibrated.errors.contains("0 independent families on one side"))
    #expect(!FileManager.default.fileExists(atPath: file))

    let absent = try Self.corpus(student: "nobody")
    let validated = try CommandTests.retort(
      ["validate"] + absent.arguments + ["--calibration", "shipped", "-o", "\(absent.folder)/v"])
    #expect(validated.status == 64 && validated.errors.contains("no transcript of nobody"))
    #expect(!FileManager.default.fileExists(atPath: "\(absent.folder)/v/scores.csv"))
  }

  @Test("a frozen calibration gives every pair its bounded ratio")
  func frozen() throws {
    let corpus = try Self.corpus()
    let validated = try CommandTests.retort(
      ["validate"] + corpus.arguments + ["--calibration", Self.shipped, "-o", "\(corpus.folder)/v"])
    #expect(validated.status == 0, "\(validated.errors)")
    let lines = String(decoding: try FileBytes.read("\(corpus.folder)/v/scores.csv"), as: UTF8.self).split(
      separator: "\n"
    ).map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let row = Dictionary(uniqueKeysWithValues: zip(lines[0], lines[1]))
    func number(_ column: String) throws -> Double { try #require(row[column].flatMap(Double.init)) }
    let calibration = try Calibration.shipped()
    let fit = try #require(calibration.fits.first)
    let weight = try #require(calibration.reliability).index(probes: Int(try number("prompts")))
    // The suspect copies half of the teacher's answers, and there are few: within the bound by as little as they are worth.
    let unbounded = fit.line.logRatio(weight * (try number("fused")))
    let given = try number("llr")
    #expect(unbounded > 0 && abs(given - min(unbounded, fit.bounds.upper * log(10))) <= 0.001)
  }

  @Test(
    "a family on both sides of the split is refused, whatever else the pairs hold; the fitted pairs themselves are not")
  func bothSides() throws {
    let corpus = try Self.corpus()
    let seen = try #require(try Calibration.shipped().families.first)
    let pairs = "\(corpus.folder)/corpus/pairs.csv"
    let text = String(decoding: try FileBytes.read(pairs), as: UTF8.self)
    try FileBytes.write(text.replacingOccurrences(of: ",f,T", with: ",\(seen),T").utf8, to: pairs)
    let arguments = ["validate"] + corpus.arguments + ["-o", "\(corpus.folder)/v"]
    let refused = try CommandTests.retort(arguments + ["--calibration", "shipped"])
    #expect(refused.status == 3 && refused.errors.contains("fitted on a family of these pairs (\(seen))"))
    #expect(refused.errors.split(separator: "\n").count == 1 && refused.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: "\(corpus.folder)/v"))
    // Its own pairs: the report says that the figures flatter.
    let own = "\(corpus.folder)/own.json"
    let calibration = String(decoding: try FileBytes.read(Self.shipped), as: UTF8.self)
    let hash = try Calibration.shipped().pairs.hex
    try FileBytes.write(
      calibration.replacingOccurrences(of: hash, with: Digest(of: try FileBytes.read(pairs)).hex).utf8, to: own)
    let flattering = try CommandTests.retort(arguments + ["--calibration", own])
    #expect(flattering.status == 0 && flattering.output.contains("fitted on these very pairs"), "\(flattering.errors)")
  }

  @Test("a penalty that is none is refused")
  func penalty() throws {
    let corpus = try Self.corpus()
    for penalty in ["-1", "nan", "inf"] {
      let refused = try CommandTests.retort(
        ["calibrate"] + corpus.arguments + ["-o", "\(corpus.folder)/c.json", "--penalty=\(penalty)"])
      #expect(refused.status == 64 && refused.errors.contains("--penalty"))
    }
  }

  @Test("a calibration of other channels, and a file that is none, are refused before anything is written")
  func otherChannels() throws {
    let folder = try CommandTests.transcripts()
    let other = "\(folder)/other.json"
    let text = String(decoding: try FileBytes.read(Self.shipped), as: UTF8.self)
    try FileBytes.write(
      text.replacingOccurrences(of: "\"name\":\"style\",\"version\":1", with: "\"name\":\"style\",\"version\":99").utf8,
      to: other)
    for (file, words) in [(other, "other versions of its channels"), ("\(folder)/suspect.jsonl", "is no calibration")] {
      let compared = try CommandTests.compare(folder, ["--calibration", file])
      #expect(compared.status == 3 && compared.errors.contains(words), "\(compared.errors)")
    }
    let first = try CommandTests.compare(folder, ["--calibration", "shipped", "--method", "1"])
    #expect(first.status == 3 && first.errors.contains("is a calibration of method 3"))
    let without = try CommandTests.compare(folder, ["--method", "1"])
    #expect(without.output.contains("there is no calibration for this method"))
  }
}
