import CResources
import Cases
package import Formats
package import Likelihood

/// The calibration as a JSON document: sorted names, numbers that read back as they were.
extension ReferenceCalibration {
  package var json: JSONValue {
    .object([
      "schema": .string(Self.schema), "tool": .string(tool), "seed": .string(String(seed)),
      "losses_sha256": .string(losses.hex), "widest_reach": .number(widestReach),
      "bases": .array(bases.map(JSONValue.string)),
      "teachers": .array(teachers.map { .string($0.rawValue) }),
      "sides": .object(Dictionary(uniqueKeysWithValues: fits.map { ($0.key.rawValue, $0.value.json) })),
    ])
  }

  /// - Parameter file: names the document in errors.
  package init(parsing bytes: [UInt8], file: String) throws(LikelihoodError) {
    func defect(_ what: String) -> LikelihoodError { .calibrationDefective(file: file, what: what) }
    guard let json = JSONValue(parsing: bytes, upTo: .file) else { throw defect("it is no JSON document") }
    guard json["schema"]?.string == Self.schema else { throw defect("its schema is not \(Self.schema)") }
    guard let tool = json["tool"]?.string, let seed = json["seed"]?.string.flatMap(UInt64.init),
      let losses = json["losses_sha256"]?.string.flatMap(Digest.init(hex:)),
      let bases = json["bases"]?.array?.map(\.string), let teachers = json["teachers"]?.array?.map(\.string),
      let sides = json["sides"]?.object, let reach = json["widest_reach"]?.number,
      !bases.contains(nil), !teachers.contains(nil)
    else { throw defect("a member is missing, or of another type") }
    var fits: [ReferenceScore.Sides: Fit] = [:]
    for (name, value) in sides {
      guard let key = ReferenceScore.Sides(rawValue: name), let fit = Fit(json: value) else {
        throw defect("\(name) is incomplete, or not known to this version")
      }
      fits[key] = fit
    }
    self.init(
      tool: tool, seed: seed, losses: losses, widestReach: reach, bases: bases.compactMap(\.self),
      teachers: teachers.compactMap { $0.map { ModelID($0) } }, fits: fits)
  }

  package static let shippedName = Calibration.shippedName

  /// The calibration that comes with the program, fitted on published losses of students of three makers' bases.
  ///
  /// - Throws: `LikelihoodError.calibrationDefective` if it was damaged when the program was built.
  package static func shipped() throws(LikelihoodError) -> ReferenceCalibration {
    try ReferenceCalibration(
      parsing: embedded_reference_calibration().bytes, file: "\(shippedName) reference calibration")
  }
}

extension ReferenceCalibration.Fit {
  private static let numbers = -1e6...1e6
  /// log10 of a ratio.
  private static let widest = 100.0

  fileprivate var json: JSONValue {
    let names = families.union(lessons.map(\.source)).union(lessons.compactMap(\.developer)).sorted()
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    func place(_ name: String?) -> JSONValue { name.flatMap { places[$0] }.map(JSONValue.integer) ?? .null }
    func pair(_ line: Calibration.Line) -> JSONValue { .array([.number(line.slope), .number(line.intercept)]) }
    func ratios(_ ratios: [String: [Double]]) -> JSONValue {
      .object(ratios.mapValues { .array($0.map(JSONValue.number)) })
    }
    return .object([
      "line": pair(line), "replicates": .array(replicates.map(pair)),
      "bounds_log10": .array([.number(bounds.lower), .number(bounds.upper)]),
      "cllr": .number(cllr), "cllr_min": .number(minimalCllr),
      "unseen_log10": .object(["if_true": ratios(unseen.ifTrue), "if_false": ratios(unseen.ifFalse)]),
      "names": .array(names.map(JSONValue.string)),
      // Score, taught, base, candidate, families: by their places among the names.
      "lessons": .array(
        lessons.map {
          .array([
            .number($0.score), .integer($0.label == true ? 1 : 0), place($0.source), place($0.developer),
            .array($0.families.sorted().map(place)),
          ])
        }),
    ])
  }

  fileprivate init?(json: JSONValue) {
    func pair(_ json: JSONValue?) -> Calibration.Line? {
      guard let numbers = json?.array?.map(\.number), numbers.count == 2, let slope = numbers[0],
        let intercept = numbers[1], [slope, intercept].allSatisfy(Self.numbers.contains)
      else { return nil }
      return Calibration.Line(slope: slope, intercept: intercept)
    }
    func ratios(_ json: JSONValue?) -> [String: [Double]]? {
      guard let families = json?.object else { return nil }
      let read = families.compactMapValues { value -> [Double]? in
        let numbers = value.array?.compactMap(\.number).filter(Self.numbers.contains)
        return numbers?.count == value.array?.count ? numbers : nil
      }
      return read.count == families.count ? read : nil
    }
    guard let line = pair(json["line"]),
      let replicates = json["replicates"]?.array?.map(pair), !replicates.contains(nil),
      let bounds = pair(json["bounds_log10"]), (-Self.widest...0).contains(bounds.slope),
      (0...Self.widest).contains(bounds.intercept), let cllr = json["cllr"]?.number,
      let minimalCllr = json["cllr_min"]?.number, let ifTrue = ratios(json["unseen_log10"]?["if_true"]),
      let ifFalse = ratios(json["unseen_log10"]?["if_false"]),
      let names = json["names"]?.array?.map(\.string), !names.contains(nil), let lines = json["lessons"]?.array
    else { return nil }
    func name(_ json: JSONValue?) -> String? {
      json?.integer.flatMap { names.indices.contains($0) ? names[$0] : nil }
    }
    let lessons = lines.map { line -> LeaveFamiliesOut.Case? in
      guard let fields = line.array, fields.count == 5, let score = fields[0].number, Self.numbers.contains(score),
        let taught = fields[1].integer, (0...1).contains(taught), let source = name(fields[2]),
        let families = fields[4].array?.map(name), !families.contains(nil)
      else { return nil }
      return LeaveFamiliesOut.Case(
        score: score, label: taught == 1, families: Set(families.compactMap(\.self)), source: source,
        developer: name(fields[3]))
    }
    guard !lessons.contains(nil) else { return nil }
    self.init(
      lessons: lessons.compactMap(\.self), line: line, replicates: replicates.compactMap(\.self),
      bounds: .init(lower: bounds.slope, upper: bounds.intercept), unseen: .init(ifTrue: ifTrue, ifFalse: ifFalse),
      cllr: cllr, minimalCllr: minimalCllr)
  }
}
