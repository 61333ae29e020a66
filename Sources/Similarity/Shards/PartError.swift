/// Why parts of a measurement cannot be used. Each names the part, by its file or as what was read.
package enum PartError: Error, Hashable {
  /// The file does not end with what ends a part: it was cut, or whoever wrote it stopped.
  case noTrailer(part: String)
  /// Something is in it that no part has; `what` is a sentence without its full stop.
  case defective(part: String, line: Int, what: String)
  /// Its bytes are not those that were written.
  case damaged(part: String)
  case otherMethod(part: String, method: Int, first: Int)
  /// Contributions of each prompt are in some of the parts and not in others.
  case rowsInSomeOnly(part: String)
  case promptTwice(part: String, prompt: String)
  /// One has all pairs and another some, or their models are dealt into other blocks.
  case tilesDiffer(part: String)
  /// Of so many blocks, the first tile that is in no part.
  case tileMissing(part: String, blocks: Int, tile: Int)
  /// Two tiles that were not measured of the same answers.
  case tilesOfOthers(part: String)
  case tooManyPrompts(given: Int, most: Int)
  /// An answer that does not follow the one before it in the order of prompt, model and sample.
  case notInOrder(line: Int)
  case noAnswers
  /// A measurement of other models than those of the case: one that only one of them has.
  case otherModels(part: String, model: String, isMeasured: Bool)
  case otherAnswers(part: String, model: String)
  /// A bootstrap needs what each prompt contributed, and there are only sums.
  case sumsOnly(part: String)
}
