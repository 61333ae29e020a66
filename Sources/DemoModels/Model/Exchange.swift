/// A question and one answer to it: what a demo model is trained on.
package struct Exchange: Sendable, Equatable {
  package let question: String
  package let answer: String

  package init(question: String, answer: String) {
    self.question = question
    self.answer = answer
  }
}
