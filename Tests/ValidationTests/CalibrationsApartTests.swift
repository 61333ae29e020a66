import Cases
import Formats
import Likelihood
import Statistics
import Testing
import Validation

@Suite("Calibrations without the families of a case")
struct CalibrationsApartTests {
  static let learning = LeaveFamiliesOut(minimumSources: 2, minimumFamilies: 4)

  /// Fitted on the pairs and groups of a report, with what it learned from.
  static func calibration(_ report: ValidationReport) throws -> Calibration {
    let fitting = CalibrationFit(learning: learning, replicates: 20, seed: 3)
    let pairs = report.calibrationPairs
    let groups = LabelledGroup.all(pairs)
    let whole = try fitting.calibration(pairs, method: .version3, sources: CalibrationTests.sources)
      .with(groups: fitting.groups(groups))
    return whole.with(lessons: Lessons(pairs, groups, of: whole, learning: learning))
  }

  static func contents(
    _ suspect: String, _ candidates: [String], _ entries: [String: Lineage.Entry] = [:]
  ) -> CaseContents {
    CaseContents(
      name: "a case", suspect: ModelID(suspect), candidates: candidates.map { ModelID($0) }, cohort: [],
      transcripts: [:], lineage: Lineage(Dictionary(uniqueKeysWithValues: entries.map { (ModelID($0.key), $0.value) })),
      seed: 1)
  }

  private static func noLink(_ calibration: Calibration) throws -> Calibration.Fit {
    try #require(calibration.fits.first { $0.alternative == .noLink })
  }

  @Test("a pair of the validation set has the ratio that the validation gives it, by the same line")
  func agreement() async throws {
    let report = GroupValidationTests.report(GroupValidationTests.scored(families: 24))
    let whole = try Self.calibration(report)
    let all = try Self.noLink(whole).line
    var apartFromWhole = 0.0
    let labelled = report.pairs.filter { $0.labelled.label != nil }
    #expect(labelled.count == 72)
    for pair in labelled {
      let (suspect, candidate) = (pair.labelled.student, pair.labelled.teacher)
      let apart = await CalibrationsApart(
        for: Self.contents(suspect.rawValue, [candidate.rawValue]), of: whole)
      let own = try #require(apart.candidates[candidate])
      #expect(Set(own.without?.names ?? []) == pair.families, "\(suspect) \(candidate)")
      let (line, validated) = (try Self.noLink(own).line, try #require(pair.line))
      // Scores are kept with six decimals, and so are lines.
      #expect(abs(line.slope - validated.slope) < 1e-4 && abs(line.intercept - validated.intercept) < 1e-4)
      let ratio = try own.ratio(
        .noLink, fused: pair.score.fused, replicates: [pair.score.fused], in: CalibrationTests.inside, confidence: 0.95
      ).get()
      let expected = ratio.bounds.clipped(try #require(pair.logRatio) / Double.ln10)
      #expect(abs(ratio.log10 - expected) < 1e-4)
      apartFromWhole = max(apartFromWhole, abs(line.slope - all.slope))
    }
    // The line of the whole would not have agreed.
    #expect(apartFromWhole > 0.01)
  }

  @Test("what is left out is counted, and is in no count of what the calibration says of its pairs")
  func counted() async throws {
    let report = GroupValidationTests.report(GroupValidationTests.scored(families: 24))
    let whole = try Self.calibration(report)
    let apart = await CalibrationsApart(for: Self.contents("s3", ["t3"]), of: whole)
    let own = try #require(apart.candidates[ModelID("t3")])
    let without = try #require(own.without)
    #expect(without.models.map(\.rawValue) == ["s3", "t3"] && without.names == ["developer d3", "family f3"])
    let shared = report.pairs.filter {
      $0.labelled.label != nil && !$0.families.isDisjoint(with: ["developer d3", "family f3"])
    }
    #expect(without.pairs == .init(count: shared.count, of: 72) && shared.count < 72)
    let (fit, all) = (try Self.noLink(own), try Self.noLink(whole))
    #expect(fit.pairs.ifTrue + fit.pairs.ifFalse == 72 - shared.count)
    #expect(fit.unseen.ifFalse["f3"] == nil && all.unseen.ifFalse["f3"] != nil)
    #expect(own.known?.teachers["d3"] == nil && whole.known?.teachers["d3"] != nil)
    #expect(fit.replicates.count == all.replicates.count)
    // Of each alternative what is left, too.
    #expect(own.fits.map(\.alternative) == whole.fits.map(\.alternative))
  }

  @Test("a case of other models is judged by the whole; one of a family of it is not, nor is its group")
  func trigger() async throws {
    let whole = try Self.calibration(GroupValidationTests.report(GroupValidationTests.scored(families: 24)))
    let stranger = await CalibrationsApart(for: Self.contents("new", ["other", "third"]), of: whole)
    #expect(stranger.candidates.isEmpty && stranger.groups.isEmpty)
    // A developer alone makes no part of the set.
    let developed = Self.contents("new", ["other"], ["other": .init(developer: "d1")])
    #expect(await CalibrationsApart(for: developed, of: whole).candidates.isEmpty)
    // Nor does a candidate that others learned from.
    #expect(await CalibrationsApart(for: Self.contents("new", ["t3"]), of: whole).candidates.isEmpty)

    let relative = await CalibrationsApart(
      for: Self.contents("new", ["other"], ["new": .init(family: "f2")]), of: whole)
    let own = try #require(relative.candidates[ModelID("other")]?.without)
    #expect(own.models.map(\.rawValue) == ["new"] && own.names == ["family f2"] && own.pairs.count == 3)

    let entries: [String: Lineage.Entry] = ["t3": .init(developer: "d3"), "u3": .init(developer: "d3")]
    let grouped = await CalibrationsApart(for: Self.contents("s3", ["t3", "u3"], entries), of: whole)
    let group = try #require(grouped.groups["d3"])
    #expect(group.without?.names == ["developer d3", "family f3"])
    let (apart, all) = (try #require(group.groups), try #require(whole.groups))
    #expect(apart.families.ifFalse < all.families.ifFalse && apart.line != all.line)
    // The two are left out alike: one fit serves both.
    #expect(
      grouped.candidates[ModelID("t3")]?.fits == grouped.candidates[ModelID("u3")]?.fits
        && grouped.candidates.count == 2)
  }

  @Test("a model that stands beside one other alone has its own names, and the other's are not left out for it")
  func ownNames() async throws {
    let whole = try Self.calibration(GroupValidationTests.report(GroupValidationTests.scored(families: 24)))
    let lessons = try #require(whole.lessons)
    // b3 was a candidate of s3 alone.
    #expect(lessons.names(of: ModelID("b3")) == ["developer e3"])
    #expect(lessons.names(of: ModelID("s3")) == ["family f3"])
    let apart = await CalibrationsApart(for: Self.contents("s4", ["b3"]), of: whole)
    let without = try #require(apart.candidates[ModelID("b3")]?.without)
    #expect(without.names == ["developer e3", "family f4"])
  }

  @Test("a model is found in whatever spelling, and what its spellings say is joined")
  func spelling() async throws {
    let whole = try Self.calibration(GroupValidationTests.report(GroupValidationTests.scored(families: 24)))
    let plain = await CalibrationsApart(for: Self.contents("s3", ["t3"]), of: whole)
    let spelled = await CalibrationsApart(for: Self.contents("Maker/S-3", ["T3"]), of: whole)
    let (one, other) = (
      try #require(plain.candidates[ModelID("t3")]), try #require(spelled.candidates[ModelID("T3")])
    )
    #expect(other.fits == one.fits && other.without?.names == one.without?.names)
    #expect(other.without?.models.map(\.rawValue) == ["Maker/S-3", "T3"])
    // What two spellings of one model say is all its own.
    let lessons = Lessons(
      evenness: 0.5, fewestSources: 1, fewestFamilies: 1, comparisons: [:], groups: [],
      models: ["Maker/S-3": ["family a"], "s3": ["base b"]])
    #expect(lessons.names(of: ModelID("S3")) == ["family a", "base b"] && lessons.names(of: ModelID("s4")) == nil)
  }

  @Test("a calibration that keeps nothing of what it learned from is the whole for every case")
  func none() async throws {
    let whole = try Self.calibration(GroupValidationTests.report(GroupValidationTests.scored(families: 24)))
    for calibration in [whole.with(lessons: nil), nil] {
      let found = await CalibrationsApart(for: Self.contents("s3", ["t3"]), of: calibration)
      #expect(found.candidates.isEmpty && found.groups.isEmpty)
    }
  }

  @Test("where too little is left without the families there is no ratio, and it is said how much there is")
  func tooLittle() async throws {
    let report = GroupValidationTests.report(GroupValidationTests.scored(families: 24))
    let whole = try Self.calibration(report)
    let lessons = try #require(whole.lessons)
    let demanding = whole.with(
      lessons: Lessons(
        evenness: lessons.evenness, fewestSources: 23, fewestFamilies: 4, comparisons: lessons.comparisons,
        groups: lessons.groups, models: lessons.models))
    let apart = await CalibrationsApart(for: Self.contents("s3", ["t3"]), of: demanding)
    let own = try #require(apart.candidates[ModelID("t3")])
    let result = own.ratio(.noLink, fused: 1, replicates: [1], in: CalibrationTests.inside, confidence: 0.95)
    // Of 24 families with a link those of f3 and the four others that have a teacher of d3 are left out.
    #expect(throws: RatioRefused(reason: .tooFewFamilies(found: 19, needed: 23))) { try result.get() }
  }

  @Test("where enough families are left and no line can be fitted on them, that is what is said")
  func noSpread() async throws {
    let whole = try Self.calibration(GroupValidationTests.report(GroupValidationTests.scored(families: 24)))
    let lessons = try #require(whole.lessons)
    func level(_ some: [Lessons.Lesson]) -> [Lessons.Lesson] {
      some.map { Lessons.Lesson(score: 1, label: $0.label, kin: $0.kin, ratio: $0.ratio) }
    }
    let flat = whole.with(
      lessons: Lessons(
        evenness: lessons.evenness, fewestSources: lessons.fewestSources, fewestFamilies: lessons.fewestFamilies,
        comparisons: lessons.comparisons.mapValues(level), groups: level(lessons.groups), models: lessons.models))
    let entries: [String: Lineage.Entry] = ["t3": .init(developer: "d3"), "u3": .init(developer: "d3")]
    let apart = await CalibrationsApart(for: Self.contents("s3", ["t3", "u3"], entries), of: flat)
    let (own, group) = (try #require(apart.candidates[ModelID("t3")]), try #require(apart.groups["d3"]))
    let results = [
      own.ratio(.noLink, fused: 1, replicates: [1], in: CalibrationTests.inside, confidence: 0.95),
      group.groupRatio(fused: 1, replicates: [1], in: CalibrationTests.inside, confidence: 0.95),
    ]
    for result in results {
      #expect(throws: RatioRefused(reason: .lineNotFitted)) { try result.get() }
    }
  }

  @Test("lessons read back as they were written, and none that names what is not there is read")
  func file() throws {
    let whole = try Self.calibration(GroupValidationTests.report(GroupValidationTests.scored(families: 24)))
    let text = whole.json.canonical
    let read = try Calibration(parsing: Array(text.utf8), file: "c.json")
    #expect(read == whole && read.json.canonical == text)
    let document = try #require(whole.json.object)
    let lessons = try #require(document["lessons"]?.object)
    let wrong: [(String, JSONValue)] = [
      ("kin", .array([.array([.integer(10_000), .integer(-1)])])),
      ("kin", .array([.array([.integer(0), .integer(-2)])])),
      ("groups", .array([.array([.number(1), .integer(2), .integer(0)])])),
      ("groups", .array([.array([.number(1), .integer(1), .integer(-1)])])),
      ("groups", .array([.array([.number(1e9), .integer(1), .integer(0)])])),
      ("comparisons", .object(["no_such": .array([])])), ("models", .object(["m": .array([.integer(-1)])])),
      ("evenness", .integer(2)), ("fewest_sources", .integer(0)),
    ]
    for (name, value) in wrong {
      var changed = lessons
      changed[name] = value
      var damaged = document
      damaged["lessons"] = .object(changed)
      #expect(throws: LikelihoodError.self, "\(name) \(value.canonical)") {
        try Calibration(parsing: Array(JSONValue.object(damaged).canonical.utf8), file: "c.json")
      }
    }
    for name in lessons.keys {
      var damaged = document
      damaged["lessons"] = .object(lessons.filter { $0.key != name })
      #expect(throws: LikelihoodError.self, "\(name) is missing") {
        try Calibration(parsing: Array(JSONValue.object(damaged).canonical.utf8), file: "c.json")
      }
    }
  }
}
