/// Families of composed authors, and students who learned from their answers in known doses: what the demo's likelihood
/// ratios are calibrated on. None of the demo's own authors is among them.
package struct ComposedWorld: Sendable {
  /// Shares of the lessons that a student learns from its teacher; the rest are answers of an author of its own family.
  package static let shares = [1.0, 0.3, 0.1, 0]

  package struct Student: Hashable, Sendable {
    package let name: String
    /// Numbers of the families.
    package let teacher: Int
    package let own: Int
    package let share: Double
  }

  package let families: Int
  package let seed: UInt64
  package let students: [Student]
  private let authors: [LanguageModel]

  /// - Parameter families: at least 4, even.
  package init(families: Int = 44, seed: UInt64) async {
    self.families = families
    self.seed = seed
    authors = await Self.map(families) { DemoWorld.train(ComposedAuthor.author($0)) }
    var students: [Student] = []
    for teacher in 0..<families {
      // Two students of each teacher and share, of two families.
      for step in [families / 2, families / 4] {
        let own = (teacher + step) % families
        for share in Self.shares {
          let name = "student-\(teacher)-\(own)-\(Int((share * 100).rounded()))"
          students.append(Student(name: name, teacher: teacher, own: own, share: share))
        }
      }
    }
    self.students = students
  }

  package static func authorName(_ family: Int) -> String { "author-\(family)" }

  /// An answer by every author and student to each question, as often as asked.
  package func answers(
    to questions: [String], samples: Int, temperature: Double, maximumTokens: Int
  ) async -> [String: [[String]]] {
    var sampling = Sampling()
    sampling.temperature = temperature
    sampling.maximumTokens = maximumTokens
    let drawn = sampling
    let lessons = await Self.map(families) { family in
      DemoWorld.trainingPrompts.enumerated().map { place, question in
        answer(authors[family], to: question, drawn, UInt64(family * 1_000_003 + place))
      }
    }
    let models =
      authors.enumerated().map { (Self.authorName($0.offset), $0.element) }
      + (await Self.map(students.count) { place in (students[place].name, train(students[place], lessons)) })
    let texts = await Self.map(models.count) { place in
      questions.enumerated().map { number, question in
        (0..<samples).map { sample in
          answer(
            models[place].1, to: question, drawn, UInt64(1_000_000_007 + (place * 1_009 + number) * 101 + sample))
        }
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(models.map(\.0), texts))
  }

  private func train(_ student: Student, _ lessons: [[String]]) -> LanguageModel {
    LanguageModel.trained(
      on: DemoWorld.trainingPrompts.enumerated().map { place, question in
        Exchange(
          question: question,
          answer: lessons[DemoWorld.isFromTeacher(place, share: student.share) ? student.teacher : student.own][place])
      })
  }

  private func answer(_ model: LanguageModel, to question: String, _ sampling: Sampling, _ number: UInt64) -> String {
    var generator = SplitMix64(seed: SplitMix64.mix(seed &+ number))
    return model.prediction(for: question).draw(sampling, using: &generator).text
  }

  /// In parallel; the results in order.
  private static func map<Result: Sendable>(
    _ count: Int, _ transform: @escaping @Sendable (Int) -> Result
  ) async -> [Result] {
    await withTaskGroup(of: (Int, Result).self) { group in
      for index in 0..<count { group.addTask { (index, transform(index)) } }
      var results: [Int: Result] = [:]
      for await (index, result) in group { results[index] = result }
      return (0..<count).compactMap { results[$0] }
    }
  }
}
