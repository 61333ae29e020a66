/// What no report of this kind can say. The same in every report.
package enum ClaimsNotMade {
  static let all = [
    "how probable it is that the suspect was trained on the candidate's answers, as a number or in words",
    "how much was taken, when, through which account or by whom; or with which intent",
    "a breach of contract or of law, or copying in their sense",
    "any version of these models but those that answered, at the times given",
    "that a model with a low ratio, or without one, was not trained on the candidate's answers",
    "that the answers came from the models that they are ascribed to",
  ]

  package static let sentence = "No claim is made of: \(all.joined(separator: "; "))."
}
