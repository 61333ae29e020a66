import Cases

/// Answers that begin with the prompts that were asked, as pipelines give them that return all they fed in.
///
/// Half of the answers must have it, each behind the same head, such as `>` or the label of a role.
struct EchoedPrompts {
  /// The answers behind their prompts; those without stay as they are.
  let rests: [String]
  let count: Int
  /// The beginning of one.
  let shown: String

  /// - Parameter prompts: of each answer; nil where it has none in it.
  /// - Returns: nil where too few answers have it.
  init?(_ answers: [String], _ prompts: [String?]) {
    let echoes = zip(answers, prompts).map { answer, prompt in prompt.flatMap { PromptEcho(of: $0, in: answer) } }
    let heads = Dictionary(grouping: echoes.compactMap(\.self), by: \.head)
    guard let (head, alike) = heads.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }),
      alike.count(where: \.isLong) >= CommonBorder.minimumAnswers,
      Double(alike.count) >= CommonBorder.minimumShareOfMarks * Double(answers.count),
      let first = echoes.firstIndex(where: { $0?.head == head })
    else { return nil }
    count = alike.count
    shown = answers[first].trimmed
    rests = zip(answers, echoes).map { answer, echo in
      guard let echo, echo.head == head else { return answer }
      return String(echo.rest.unicodeScalars.drop { $0.properties.isWhitespace })
    }
  }
}
