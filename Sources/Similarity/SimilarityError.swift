/// Why answers cannot be measured.
package enum SimilarityError: Error, Hashable {
  /// More prompts than numbers whose sum is exact (`GridMatrix.maximumTerms`).
  case tooManyPrompts(given: Int, most: Int)
  /// A contribution that is no number, or too large for its grid.
  case contributionOutOfRange(channel: String, prompt: String)
}
