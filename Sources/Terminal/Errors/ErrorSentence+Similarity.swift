import Similarity

extension ErrorSentence {
  static func sentence(_ error: SimilarityError) -> String {
    switch error {
    case .tooManyPrompts(let given, let most):
      "\(given) prompts are more than sums stay exact for, \(most): measure a part of them"
    case .contributionOutOfRange(let channel, let prompt):
      "channel \(channel): the answers to \(prompt) give a number that is too large to be summed exactly: leave the prompt out"
    }
  }

  static func sentence(_ error: PartError) -> String {
    switch error {
    case .noTrailer(let part): "\(part): has no last line of a part: it was cut off; make it again with retort shard"
    case .defective(let part, let line, let what): "\(part):\(line): the line \(what): make it again with retort shard"
    case .damaged(let part): "\(part): its bytes are not those that were written: copy it again"
    case .otherMethod(let part, let method, let first):
      """
      \(part): was measured by method \(method) or other versions of its channels, and method \(first) is asked for: measure it again with one version of retort and one --method
      """
    case .rowsInSomeOnly(let part):
      "\(part): some parts keep what each prompt contributes and others do not: give all shards --rows, or none"
    case .promptTwice(let part, let prompt):
      "\(part): prompt \(prompt) is in another part already: all answers to a prompt belong into one shard, and a part counts once"
    case .tilesDiffer(let part):
      "\(part): its models are in other blocks than those of other parts: merge the parts of each --tiles by themselves first"
    case .tileMissing(let part, let blocks, let tile):
      """
      \(part): tile \(tile) of \(Tile.count(blocks: blocks)) is in no part, and pairs of models would be missing: measure it with retort shard --tiles \(blocks) --tile \(tile), and merge all tiles
      """
    case .tilesOfOthers(let part):
      "\(part): was not measured of the answers that other tiles were measured of: every tile needs all shards of them"
    case .tooManyPrompts(let given, let most):
      "\(given) prompts are more than sums stay exact for, \(most): measure a part of them"
    case .notInOrder(let line):
      """
      line \(line): the answer does not follow the one before it: sort by prompt_id, model and sample, in byte order, each answer once
      """
    case .noAnswers: "there is nothing measured: no prompt was answered by two models"
    case .otherModels(let part, let model, true):
      "\(part): was measured of \(model) as well, which is not among the answers: measure these models alone, or add its answers"
    case .otherModels(let part, let model, false):
      "\(part): was measured without \(model), whose answers are given: measure all of them, or leave it out"
    case .otherAnswers(let part, let model):
      "\(part): was measured of other answers of \(model): measure again with retort shard"
    case .sumsOnly(let part):
      "\(part): holds sums only, and intervals need each prompt: measure again with retort shard --rows"
    }
  }
}
