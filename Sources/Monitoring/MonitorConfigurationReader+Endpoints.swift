import Cases
import Formats
import Yams

extension MonitorConfigurationReader {
  /// The one that has no name of its own, or several by theirs, in the order of the file.
  static func endpoints(
    _ top: YAMLMapping, _ reading: ConfigurationReading
  ) throws -> [(name: String?, endpoint: Endpoint)] {
    let reader = EndpointReader(file: top.file, omitting: try reading.omitted(top))
    guard let node = top.node("endpoints") else {
      return [(nil, try reader.endpoint(top.required("endpoint"), path: "endpoint"))]
    }
    for key in ["endpoint", "name"] {
      if let other = top.node(key) { throw top.error(at: other, .conflictingKeys(key, "endpoints")) }
    }
    guard case .mapping(let mapping) = node, Limits.watchedEndpoints.contains(mapping.count) else {
      throw top.error(
        at: node,
        .wrongType(
          field: "endpoints", expected: "a mapping of \(Limits.words(Limits.watchedEndpoints)) names to endpoints"))
    }
    return try mapping.map { key, value in
      guard case .scalar(let scalar) = key, isFileName(scalar.string) else {
        throw top.error(
          at: key,
          .wrongType(field: "endpoints", expected: "names of letters, digits, - and _, which files are named by"))
      }
      return (scalar.string, try reader.endpoint(value, path: "endpoints.\(scalar.string)"))
    }
  }

  private static func isFileName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= Limits.nameBytes
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }

  static func limits(_ top: YAMLMapping) throws -> CheckLimits {
    guard let node = top.node("limits") else { return CheckLimits() }
    let fields = try YAMLMapping(node, path: "limits", file: top.file, known: ["p95", "failed_attempts", "cost"])
    if let cost = fields.node("cost"),
      try ConfigurationReading(file: top.file).budget(top, alsoKnown: [attemptsKey]).prices == PriceList()
    {
      throw fields.error(at: cost, .missing(field: "budget.prices, by which limits.cost is counted,"))
    }
    return CheckLimits(
      p95: try fields.duration("p95"), failedAttempts: try fields.number("failed_attempts", in: 0...1),
      cost: try fields.cost("cost"))
  }
}
