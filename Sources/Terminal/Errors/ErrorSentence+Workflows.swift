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
    case .unknownSet(let name, let known):
      "--measurement \(name)=FILE: no labelled pair is of that set; it must be one of \(known.joined(separator: ", "))"
    case .noSuchModel(let word):
      "\(MaskedAddress.of(word)): is neither URL#MODEL, such as http://127.0.0.1:8080/v1#NAME, nor a file of recorded answers"
    case .modelNotNamed(let url): "\(url): name the model as well: \(url)#MODEL"
    case .severalModels(let url, let names):
      "\(url) serves \(names.count) models: name one as \(url)#MODEL; there are \(names.prefix(8).joined(separator: ", "))"
    case .noTranscriptsIn(let folder):
      """
      \(folder) holds no transcripts (MODEL.jsonl): retort cohort import \(ShellWord.quoted(folder)) -o cohort makes them of public files of answers
      """
    case .draftCohortTooSmall(let found):
      """
      the cohort has \(found) models: 4 are needed for any score, 8 that are related to neither for a likelihood ratio: add --cohort FOLDER, ollama, URL or URL#MODEL
      """
    case .promptsUnknown(let place):
      "the prompts of the recorded answers in \(place) are not known: name them with --probes FILE, or make the folder with retort cohort import"
    case .nothingInFolder(let folder): "\(folder) holds no file with recorded answers: see retort cohort import --help"
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
