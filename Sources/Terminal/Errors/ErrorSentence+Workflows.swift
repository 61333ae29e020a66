import Cases
import Likelihood
import Workflows

extension ErrorSentence {
  static func sentence(_ error: WorkflowError) -> String {
    switch error {
    case .noCandidate: "no candidate is given: add --candidate FILE"
    case .suspectMissing: "no suspect is given: add --suspect NAME"
    case .candidateMissing(let count):
      "no candidate is given, and there \(count == 1 ? "is" : "are") \(count): add --candidate NAME"
    case .noVectors(let model, let file): "\(file) has no vector of \(model): go on with retort embed"
    case .defectiveVector(let model, let prompt, let file):
      "\(file): a vector of \(model) for \(prompt) holds a value that is no number: make it again with retort embed"
    case .noEmbeddings(let dialect): "--dialect \(dialect.rawValue): must be a dialect that has embeddings"
    case .caseOfLikelihoods(let file):
      "\(file) holds likelihoods of given answers, and no answers of its own: see retort likelihood \(ShellWord.quoted(file))"
    case .noAnswersYet(let file): "\(file) is not there: ask for answers first, with retort run"
    case .unknownMethod(let version):
      "there is no version \(version) of the method: use \(CohortMethod.all.map { "\($0.version)" }.joined(separator: " or "))"
    case .unknownChannel(let name, let known): "--channel \(name): must be one of \(known.joined(separator: ", "))"
    case .lessonNotAnswered(let question): "the teacher did not answer the lesson \"\(question)\""
    }
  }

  static func sentence(_ error: SilentEndpoints) -> String {
    """
    no answer from \(error.models.map(\.rawValue).joined(separator: ", ")); see above for what came instead, and check \(error.isKeyRefused ? "the key" : "URL, model and dialect")
    """
  }

  static func sentence(_ error: NothingToCompare) -> String {
    """
    \(error.suspect) and \(error.candidate): no prompt has two answers of both, and none has log-probabilities of both: ask again with samples: 2 or more
    """
  }
}
