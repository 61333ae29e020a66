package import Cases

/// What commands say that describe and do not weigh, in the words of the first page.
package enum DescriptionWording {
  /// In place of a number that does not exist.
  package static let none = "not evaluated"

  package static let scores = """
    Scores and ranks describe; they do not weigh. How probable such a likeness is if there is a link as if there is none, retort compare and retort report say.
    """

  package static func score(suspect: ModelID, candidate: ModelID) -> String {
    """
    The score describes and does not weigh. Whether a link between \(suspect) and \(candidate) is indicated, the report says: it gives how many times as probable the likeness is if \(suspect) was trained on answers of \(candidate) as if there is no link between the two.
    """
  }
}
