import Formats

/// Records that stand within one object: a list under some name, an object a record, or a table by columns.
///
/// - Source: `pandas.DataFrame.to_json` with `orient` "columns" (its default), "index" and "split"; predictions of OpenCompass; rows
///   of the datasets server of Hugging Face.
enum WrappedRecords {
  /// - Returns: nil for an object that is no such wrapper.
  static func records(of record: SourceObject) throws -> [SourceObject]? {
    let members = record.members
    if let rows = try split(record) ?? numbered(record) ?? columns(record) { return rows }
    let lists = members.filter {
      $0.value.array?.isEmpty == false && $0.value.array?.allSatisfy { $0.object != nil } == true
        && !beside.contains($0.key)
    }
    // The datasets server lists the columns beside the rows.
    let rows = lists.filter { $0.value.array?.allSatisfy { $0["row"]?.object != nil } == true }
    let chosen = rows.count == 1 ? rows : lists
    guard chosen.count == 1, let (name, value) = chosen.first, let list = value.array else { return nil }
    let question = answers.contains(name) ? self.question(of: record) : [:]
    return try list.enumerated().map { place, value in
      let inner = try object(rows.count == 1 ? row(value) : value, "\(name)[\(place)]", in: record)
      let missing = question.filter { ImportFields().field($0.key, in: inner) == nil }.values
      return try SourceObject(
        .object(inner.members.merging(missing.map { ($0.name, $0.value) }) { own, _ in own }), at: inner.place)
    }
  }

  /// Lists of objects that stand in a record beside its answer: reference answers of a data set, what is offered, tools, verdicts.
  private static let beside: Set = [
    "references", "targets", "gold", "labels", "options", "correct_answers", "demonstrations", "few_shot", "tools",
    "functions", "annotations", "scores", "metrics", "judgments",
  ]
  /// Lists of answers to the one question that stands beside them.
  private static let answers: Set = [
    "completions", "responses", "answers", "outputs", "generations", "samples", "candidates", "predictions", "replies",
  ]

  /// What is asked in a record that has several answers, by role: each of them answers it.
  private static func question(of record: SourceObject) -> [ImportFields.Role: (name: String, value: JSONValue)] {
    let roles: [ImportFields.Role] = [.prompt, .id, .system, .model, .category, .language]
    var found: [ImportFields.Role: (name: String, value: JSONValue)] = [:]
    for role in roles {
      guard let name = ImportFields().field(role, in: record), let value = record[name] else { continue }
      found[role] = (name, value)
    }
    return found[.prompt] == nil ? [:] : found
  }

  /// A row of the datasets server: of a cell that it cut off nothing is taken, nor an answer to a question that it cut off.
  private static func row(_ value: JSONValue) -> JSONValue {
    guard case .object(var members)? = value["row"] else { return value }
    let cut = Set((value["truncated_cells"]?.array ?? []).compactMap(\.string))
    let answers = ImportFields().names(of: .text)
    let isAskedInPart = ImportFields().names(of: .prompt).contains(where: cut.contains)
    for name in members.keys where cut.contains(name) || (isAskedInPart && answers.contains(name)) {
      members[name] = .null
    }
    return .object(members)
  }

  /// `{"columns": ["prompt", …], "data": [["…", …], …]}`
  private static func split(_ record: SourceObject) throws -> [SourceObject]? {
    guard let names = record["columns"]?.array?.compactMap(\.string), let rows = record["data"]?.array, !names.isEmpty,
      Set(names).count == names.count, rows.allSatisfy({ $0.array?.count == names.count })
    else { return nil }
    return try rows.enumerated().map { place, row in
      let cells = zip(names, row.array ?? [])
      return try object(.object(Dictionary(uniqueKeysWithValues: cells.map { ($0, $1) })), "data[\(place)]", in: record)
    }
  }

  /// `{"0": {"prompt": "…", …}, "1": …}`; the number names the prompt where nothing else does.
  private static func numbered(_ record: SourceObject) throws -> [SourceObject]? {
    guard let numbers = numbers(record.members.keys), record.members.values.allSatisfy({ $0.object != nil }) else {
      return nil
    }
    return try numbers.map { number in
      var members = record.members["\(number)"]?.object ?? [:]
      if ImportFields().field(.id, in: try object(.object(members), "\(number)", in: record)) == nil {
        members["idx"] = .integer(number)
      }
      return try object(.object(members), "\(number)", in: record)
    }
  }

  /// `{"prompt": {"0": "…", "1": "…"}, "output": {"0": …}}`
  static func columns(_ record: SourceObject) throws -> [SourceObject]? {
    let columns = record.members.compactMapValues(\.object)
    guard columns.count > 1, columns.count == record.members.count, let first = columns.values.first,
      let numbers = numbers(first.keys), columns.values.allSatisfy({ $0.keys == first.keys })
    else { return nil }
    return try numbers.map { number in
      try object(.object(columns.compactMapValues { $0["\(number)"] }), "\(number)", in: record)
    }
  }

  /// Ascending; nil unless all are whole numbers as they are written.
  private static func numbers(_ names: some Collection<String>) -> [Int]? {
    let numbers = names.compactMap { name in Int(name).flatMap { "\($0)" == name ? $0 : nil } }
    return numbers.isEmpty || numbers.count < names.count ? nil : numbers.sorted()
  }

  private static func object(_ value: JSONValue, _ path: String, in record: SourceObject) throws -> SourceObject {
    try SourceObject(value, at: SourcePlace(file: record.place.file, spot: .path(path)))
  }
}
