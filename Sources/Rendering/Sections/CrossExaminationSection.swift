import Cases
import Likelihood
import Reporting

/// What an opposing expert asks first, each question answered by a figure of this report or by "not known".
enum CrossExaminationSection {
  static func section(_ report: Report) -> ReportSection {
    let words = CrossExaminationWording(report)
    return ReportSection(
      "Questions of cross-examination",
      words.questions.enumerated().flatMap { place, question in
        [.heading("\(place + 1). \(question.question)"), .text(question.answer)]
      })
  }
}
