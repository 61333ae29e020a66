package import Cases

/// What commands say that describe and do not weigh, in the words of the first page.
package enum DescriptionWording {
  /// In place of a number that does not exist.
  package static let none = "not evaluated"

  package static let scores = """
    Scores and ranks describe; they do not weigh. How probable such a likeness is if there is a link as if there is none, retort compare and retort report say.
    """

  /// - Parameters:
  ///   - nearest: the nearest of the rivals, each with how far the candidate is ahead of it.
  package static func lead(_ value: String, of candidate: ModelID, over rivals: Int, nearest: String) -> String {
    """
    lead of \(candidate) over the strongest of \(rivals) \(rivals == 1 ? "rival" : "rivals"), which a ratio reads beside the score: \(value); ahead of the nearest by \(nearest)
    """
  }

  package static func score(suspect: ModelID, candidate: ModelID) -> String {
    """
    The score describes and does not weigh. Whether a link between \(suspect) and \(candidate) is indicated, the report says: it gives how many times as probable the likeness is if \(suspect) was trained on answers of \(candidate) as if there is no link between the two.
    """
  }
}
