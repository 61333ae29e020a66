/// A writer of the demo: a name and answers to ``DemoWorld/questions``, in words and habits of its own.
package struct Author: Sendable {
  package let name: String
  /// One answer to each question, in the questions' order.
  package let answers: [String]

  /// - Parameter text: answers with an empty line between them. A line break within an answer counts as a space, unless
  ///   the next line begins a list item: `- `.
  package init(name: String, text: String) {
    self.name = name
    answers = text.split(separator: "\n\n").map { paragraph in
      paragraph.split(separator: "\n").reduce(into: "") { answer, line in
        if !answer.isEmpty { answer += line.hasPrefix("- ") ? "\n" : " " }
        answer += line
      }
    }
  }
}
