package import Formats

extension AnswerDress {
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "answers": .integer(answers),
      "characters": .object(
        Dictionary(firstOf: lengths.map { (String($0.key), JSONValue.integer($0.value)) })),
    ]
    for (feature, count) in counts { members[feature.rawValue] = .integer(count) }
    return .object(members)
  }

  /// nil for anything but what `json` writes.
  package init?(json: JSONValue) {
    guard let answers = json["answers"]?.integer, (0...Limits.recordedAnswers).contains(answers) else { return nil }
    var counts: [Feature: Int] = [:]
    for feature in Feature.allCases {
      guard let value = json[feature.rawValue] else { continue }
      guard let count = value.integer, count >= 1, count <= answers else { return nil }
      counts[feature] = count
    }
    var lengths: [Int: Int] = [:]
    for (word, value) in json["characters"]?.object ?? [:] {
      guard let length = Int(word), length >= 0, let count = value.integer, count >= 1, count <= answers else {
        return nil
      }
      lengths[length] = count
    }
    guard lengths.values.reduce(0, +) == answers else { return nil }
    self.init(answers: answers, counts: counts, lengths: lengths)
  }
}
