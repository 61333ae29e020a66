import Formats

/// One content in two spellings: marks that some models write and others do not, and the plain ones that say the same.
///
/// How much likelier a model finds a text with its author's marks than the same text without them tells a habit of writing apart
/// from the content.
package struct Spelling: Hashable, Sendable {
  package enum Place: String, Hashable, Sendable {
    case anywhere
    /// Where a line begins, after spaces and tabs.
    case line
  }

  /// How usual the marks are in answers of models that have nothing to do with the case.
  package struct Cohort: Hashable, Sendable {
    package let models: Int
    /// Mean over models of the share of their answers that hold the mark.
    package let answers: Double
    /// Share of models with the mark in a tenth of their answers or more.
    package let habit: Double

    package init(models: Int, answers: Double, habit: Double) {
      self.models = models
      self.answers = answers
      self.habit = habit
    }
  }

  package let id: String
  /// BCP 47 tag of the answers in which `cohort` was counted.
  package let language: String
  /// In words, for people.
  package let name: String
  package let replace: [Replacement]
  package let place: Place
  package let cohort: Cohort

  package struct Replacement: Hashable, Sendable {
    package let mark: String
    package let plain: String

    package init(mark: String, plain: String) {
      self.mark = mark
      self.plain = plain
    }
  }

  package init(id: String, language: String, name: String, replace: [Replacement], place: Place, cohort: Cohort) {
    self.id = id
    self.language = language
    self.name = name
    self.replace = replace
    self.place = place
    self.cohort = cohort
  }

  /// The text with the plain spelling, and how many marks were replaced; nil where it holds none.
  ///
  /// - Complexity: O(bytes × marks).
  package func plain(_ text: String) -> (text: String, marks: Int)? {
    let bytes = Array(text.utf8)
    let marks = replace.map { (mark: Array($0.mark.utf8), plain: Array($0.plain.utf8)) }.filter { !$0.mark.isEmpty }
    var written: [UInt8] = []
    written.reserveCapacity(bytes.count)
    var count = 0
    var isLineStart = true
    var at = 0
    while at < bytes.count {
      let found =
        place == .anywhere || isLineStart
        ? marks.first { bytes[at...].starts(with: $0.mark) } : nil
      if let found {
        written += found.plain
        at += found.mark.count
        count += 1
        // A mark may end its line itself.
        isLineStart = found.mark.last == 0x0A
        continue
      }
      let byte = bytes[at]
      written.append(byte)
      isLineStart = byte == 0x0A || isLineStart && (byte == 0x20 || byte == 0x09)
      at += 1
    }
    return count == 0 ? nil : (String(decoding: written, as: UTF8.self), count)
  }
}

extension Spelling {
  /// A catalogue: a JSON list of `{"id","language","name","replace":[[mark, plain], …][,"where":"line"],"cohort"}`.
  ///
  /// - Parameter file: names the text in errors.
  /// - Throws: `CasesError.spellingsDefective`.
  package static func catalogue(_ bytes: [UInt8], file: String) throws(CasesError) -> [Spelling] {
    func defective(_ what: String) -> CasesError { .spellingsDefective(file: file, what: what) }
    guard let entries = JSONValue(parsing: bytes)?.array else { throw defective("it is no JSON list") }
    var found: [Spelling] = []
    for (index, entry) in entries.enumerated() {
      let name = "entry \(index + 1)"
      guard let id = entry["id"]?.string, !id.isEmpty, !found.contains(where: { $0.id == id }) else {
        throw defective("\(name) has no id of its own")
      }
      let replace = (entry["replace"]?.array ?? []).compactMap { pair -> Replacement? in
        guard let texts = pair.array?.compactMap(\.string), texts.count == 2, !texts[0].isEmpty, texts[0] != texts[1]
        else { return nil }
        return Replacement(mark: texts[0], plain: texts[1])
      }
      guard !replace.isEmpty, replace.count == entry["replace"]?.array?.count else {
        throw defective("\(name) has no pairs of a mark and its plain spelling")
      }
      guard let place = Place(rawValue: entry["where"]?.string ?? Place.anywhere.rawValue) else {
        throw defective("where of \(name) is neither line nor anywhere")
      }
      guard let cohort = entry["cohort"], let models = cohort["models"]?.integer,
        let answers = cohort["answers"]?.number,
        let habit = cohort["habit"]?.number, models > 0, (0...1).contains(answers), (0...1).contains(habit)
      else { throw defective("\(name) does not say how usual it is") }
      found.append(
        Spelling(
          id: id, language: entry["language"]?.string ?? "", name: entry["name"]?.string ?? id, replace: replace,
          place: place, cohort: Cohort(models: models, answers: answers, habit: habit)))
    }
    return found
  }
}
