/// What else may explain the scores, if the suspect was not trained on the candidate's answers.
///
/// Each has comparisons of its own kind behind it, and so a likelihood ratio of its own; the least of them counts. One
/// without comparisons of known truth is never evaluated: it is argued.
package enum Alternative: String, CaseIterable, Hashable, Sendable, Encodable {
  /// No such link between these two models.
  case noLink = "no_link"
  /// Both were trained on answers of a third model.
  case commonTeacher = "common_teacher"
  /// Both were tuned from one base model, on other data.
  case sameBase = "same_base_other_tuning"
  /// The suspect was trained on answers of another teacher to the same prompts.
  case otherTeacherSamePrompts = "other_teacher_same_prompts"
  /// The suspect was trained on answers of another model of the candidate's developer.
  case otherModelOfDeveloper = "other_model_of_the_developer"
  /// The candidate was trained on the suspect's answers.
  case reverseDirection = "reverse_direction"
  /// Both read much text from the web that other models had written.
  case webContamination = "web_contamination"
  /// Alike without any link: the task, the fashion, the same human annotators.
  case convergence = "convergence"

  /// Whether comparisons of this kind have no known truth anywhere, so that it can only be argued.
  package var isArgued: Bool { self == .webContamination || self == .convergence }

  /// Whether scores that are the same both ways have nothing to say of it.
  package var isOfDirection: Bool { self == .reverseDirection }

  /// Whether its ratio is read from a score with the lead over rivals in it, where the method knows one.
  ///
  /// Not that of one base: models of the suspect's base are no rivals, so that a pair of such models has a lead like that of
  /// teacher and student. On the reference corpus the score without the lead told the two apart with an area of .78, with it of .72.
  package var readsLead: Bool { self != .sameBase }

  /// Whether a labelled pair is a comparison of this kind.
  package func covers(relation: String, label: Int?) -> Bool {
    switch self {
    case .noLink: label == 0
    case .commonTeacher: relation == "sibling_same_teacher"
    case .sameBase: relation == "same_base_different_tuning"
    case .otherTeacherSamePrompts: relation == "controlled_negative"
    case .otherModelOfDeveloper: relation == "teacher_same_developer"
    case .reverseDirection, .webContamination, .convergence: false
    }
  }
}
