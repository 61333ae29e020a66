/// The authors of the demo, and the questions that they, and the models trained on them, are asked.
package enum DemoWorld {
  package static let teacher = Author(name: "teacher", text: Texts.teacher)
  package static let independent = Author(name: "independent", text: Texts.independent)
  package static let cohort = [
    Author(name: "alder", text: Texts.alder), Author(name: "birch", text: Texts.birch),
    Author(name: "cedar", text: Texts.cedar), Author(name: "damson", text: Texts.damson),
    Author(name: "elder", text: Texts.elder), Author(name: "fir", text: Texts.fir),
    Author(name: "gorse", text: Texts.gorse),
  ]

  /// All nine.
  package static let authors = [teacher, independent] + cohort

  /// What every author answered: the training questions.
  package static var questions: [String] { Texts.questions }

  /// What a teacher is asked in order to train a student on its answers.
  package static var trainingPrompts: [String] { Texts.trainingPrompts }

  /// What all models are asked in the demo. None of these is a training question or a training prompt.
  package static var probePrompts: [String] { Texts.probePrompts }

  /// Whether a lesson comes from the teacher, if a share of all does: spread evenly over the lessons.
  package static func isFromTeacher(_ lesson: Int, share: Double) -> Bool {
    (Double(lesson + 1) * share).rounded(.down) > (Double(lesson) * share).rounded(.down)
  }

  /// A model of the author's answers, and of half of the almanac that all authors have read: each of another half, so
  /// that models that have nothing to do with each other still share something.
  package static func train(_ author: Author) -> LanguageModel {
    let place = authors.firstIndex { $0.name == author.name } ?? 0
    let almanac = Author(name: "almanac", text: Texts.almanac).answers
    let read = zip(questions, almanac).enumerated().filter { ($0.offset * 7 + place * 11) % 40 < 20 }
    return LanguageModel.trained(
      on: zip(questions, author.answers).map { Exchange(question: $0, answer: $1) }
        + read.map { Exchange(question: $0.element.0, answer: $0.element.1) })
  }
}

/// The texts, all written for this project, one file an author.
enum Texts {}
