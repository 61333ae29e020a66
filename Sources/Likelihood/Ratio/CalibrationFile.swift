package import Formats

/// A calibration as a small JSON document: sorted names, numbers that read back as they were.
extension Calibration {
  package var json: JSONValue {
    .compact([
      "schema": .string(Self.schema), "tool": .string(tool), "method": .integer(method),
      "channels": .array(channels.map { .object(["name": .string($0.name), "version": .integer($0.version)]) }),
      "prior": .number(prior), "penalty": .number(penalty), "seed": .string(String(seed)),
      "pairs_sha256": .string(pairs.hex), "transcripts_sha256": .string(transcripts.hex),
      "families": .array(families.map(JSONValue.string)),
      "validity": .object([
        "fewest_prompts": .integer(validity.minimumPrompts), "fewest_in_cohort": .integer(validity.minimumCohort),
        "fewest_characters": .integer(validity.minimumCharacters),
        "with_spaces": .bool(validity.withSpaces), "without_spaces": .bool(validity.withoutSpaces),
      ]),
      "reliability": reliability.map { .object(["halfway_probes": .integer($0.halfway)]) } ?? .null,
      "alternatives": .array(fits.map(\.json)),
      "not_evaluated": .object(
        Dictionary(uniqueKeysWithValues: refused.map { ($0.key.rawValue, .object(["families": .integer($0.value)])) })),
      "known_pairs": known?.json ?? .null,
      "groups": groups?.json ?? .null,
      "lessons": lessons?.json ?? .null,
    ])
  }

  /// - Parameter file: names the document in errors.
  package init(parsing bytes: [UInt8], file: String) throws(LikelihoodError) {
    func defect(_ what: String) -> LikelihoodError { .calibrationDefective(file: file, what: what) }
    guard let json = JSONValue(parsing: bytes, upTo: .file) else { throw defect("it is no JSON document") }
    guard json["schema"]?.string == Self.schema else { throw defect("its schema is not \(Self.schema)") }
    func digest(_ name: String) throws(LikelihoodError) -> Digest {
      guard let value = json[name]?.string.flatMap(Digest.init(hex:)) else { throw defect("\(name) is no SHA-256") }
      return value
    }
    guard let tool = json["tool"]?.string, let method = json["method"]?.integer, let prior = json["prior"]?.number,
      let penalty = json["penalty"]?.number, let seed = json["seed"]?.string.flatMap(UInt64.init),
      let families = json["families"]?.array?.map(\.string), let range = json["validity"],
      let channels = json["channels"]?.array, let alternatives = json["alternatives"]?.array,
      let refused = json["not_evaluated"]?.object
    else { throw defect("a member is missing, or of another type") }
    guard let prompts = range["fewest_prompts"]?.integer, let cohort = range["fewest_in_cohort"]?.integer,
      let characters = range["fewest_characters"]?.integer,
      let withSpaces = range["with_spaces"]?.bool, let withoutSpaces = range["without_spaces"]?.bool
    else { throw defect("validity is incomplete") }
    let reliability = json["reliability"]?["halfway_probes"]?.integer.flatMap(Reliability.init(halfway:))
    guard reliability != nil || json["reliability"] == nil else { throw defect("reliability is incomplete") }
    let fits = alternatives.map(Fit.init(json:))
    guard !fits.contains(nil) else { throw defect("an alternative is incomplete, or not known to this version") }
    let versions = channels.map { channel in
      channel["name"]?.string.flatMap { name in
        channel["version"]?.integer.map { ChannelVersion(name: name, version: $0) }
      }
    }
    let known = json["known_pairs"].flatMap(KnownPairs.init(json:))
    guard known != nil || json["known_pairs"] == nil else { throw defect("known_pairs is incomplete") }
    let groups = json["groups"].flatMap(Fit.init(json:))
    guard groups != nil || json["groups"] == nil, groups?.alternative ?? .noLink == .noLink else {
      throw defect("groups is incomplete, or not against no link")
    }
    let lessons = json["lessons"].flatMap(Lessons.init(json:))
    guard lessons != nil || json["lessons"] == nil else { throw defect("lessons are incomplete") }
    guard !versions.contains(nil), !families.contains(nil) else { throw defect("channels or families are incomplete") }
    self.init(
      tool: tool, method: method, channels: versions.compactMap(\.self), prior: prior, penalty: penalty, seed: seed,
      pairs: try digest("pairs_sha256"), transcripts: try digest("transcripts_sha256"),
      families: families.compactMap(\.self),
      validity: Validity(
        minimumPrompts: prompts, minimumCohort: cohort, minimumCharacters: characters, withSpaces: withSpaces,
        withoutSpaces: withoutSpaces),
      reliability: reliability, fits: fits.compactMap(\.self),
      refused: Dictionary(
        uniqueKeysWithValues: refused.compactMap { name, value in
          Alternative(rawValue: name).map { ($0, value["families"]?.integer ?? 0) }
        }), known: known, groups: groups, lessons: lessons)
  }
}

extension Calibration.Fit {
  /// What a file may say: more fits no scale, and powers of ten of it are no numbers.
  private static let numbers = -1e6...1e6
  private static let numbersOfCases = 0...1_000_000_000
  /// log10 of a ratio.
  private static let widest = 100.0

  fileprivate var json: JSONValue {
    func line(_ line: Calibration.Line) -> JSONValue { .array([.number(line.slope), .number(line.intercept)]) }
    func counts(_ counts: Counts) -> JSONValue {
      .object(["if_true": .integer(counts.ifTrue), "if_false": .integer(counts.ifFalse)])
    }
    func ratios(_ ratios: [String: [Double]]) -> JSONValue {
      .object(ratios.mapValues { .array($0.map(JSONValue.number)) })
    }
    return .object([
      "alternative": .string(alternative.rawValue), "line": line(self.line),
      "replicates": .array(replicates.map(line)),
      "bounds_log10": .array([.number(bounds.lower), .number(bounds.upper)]),
      "pairs": counts(pairs), "families": counts(families),
      "unseen_log10": .object(["if_true": ratios(unseen.ifTrue), "if_false": ratios(unseen.ifFalse)]),
      "above_2": .object(
        detected.mapValues { .object(["pairs": .integer($0.of), "above": .integer($0.count)]) }),
      "cllr": .number(cllr), "cllr_min": .number(minimalCllr),
    ])
  }

  fileprivate init?(json: JSONValue) {
    func line(_ json: JSONValue?) -> Calibration.Line? {
      guard let numbers = json?.array?.map(\.number), numbers.count == 2, let slope = numbers[0],
        let intercept = numbers[1], [slope, intercept].allSatisfy(Self.numbers.contains)
      else { return nil }
      return Calibration.Line(slope: slope, intercept: intercept)
    }
    func counts(_ json: JSONValue?) -> Counts? {
      guard let ifTrue = json?["if_true"]?.integer, let ifFalse = json?["if_false"]?.integer,
        [ifTrue, ifFalse].allSatisfy(Self.numbersOfCases.contains)
      else { return nil }
      return Counts(ifTrue: ifTrue, ifFalse: ifFalse)
    }
    func ratios(_ json: JSONValue?) -> [String: [Double]]? {
      guard let families = json?.object else { return nil }
      let read = families.compactMapValues { value -> [Double]? in
        let numbers = value.array?.compactMap(\.number).filter(Self.numbers.contains)
        return numbers?.count == value.array?.count ? numbers : nil
      }
      return read.count == families.count ? read : nil
    }
    let detected = (json["above_2"]?.object ?? [:]).compactMapValues { value in
      value["above"]?.integer.flatMap { count in
        value["pairs"]?.integer.flatMap { pairs in
          Self.numbersOfCases.contains(pairs) && (0...pairs).contains(count)
            ? LikelihoodRatio.Share(count: count, of: pairs) : nil
        }
      }
    }
    guard detected.count == json["above_2"]?.object?.count ?? 0 else { return nil }
    guard let alternative = json["alternative"]?.string.flatMap(Alternative.init), let own = line(json["line"]),
      let drawn = json["replicates"]?.array?.map(line), !drawn.contains(nil),
      let bounds = line(json["bounds_log10"]), (-Self.widest...0).contains(bounds.slope),
      (0...Self.widest).contains(bounds.intercept),
      let pairs = counts(json["pairs"]), let families = counts(json["families"]),
      let ifTrue = ratios(json["unseen_log10"]?["if_true"]), let ifFalse = ratios(json["unseen_log10"]?["if_false"]),
      let cllr = json["cllr"]?.number, let minimalCllr = json["cllr_min"]?.number
    else { return nil }
    self.init(
      alternative: alternative, line: own, replicates: drawn.compactMap(\.self),
      bounds: .init(lower: bounds.slope, upper: bounds.intercept), pairs: pairs, families: families,
      unseen: Unseen(ifTrue: ifTrue, ifFalse: ifFalse), detected: detected, cllr: cllr, minimalCllr: minimalCllr)
  }
}
