import Cases
import EndpointKeys
import Formats
import Probing

extension ErrorSentence {
  static func sentence(_ error: EndpointKeyError) -> String {
    switch error {
    case .missing(let model, let reference): "no key for \(model): \(words(reference)) is not set or empty"
    case .unusable(let model, let reference):
      "the key for \(model) in \(words(reference)) is not one line of printable ASCII: check for stray characters"
    case .tooLong(let model, let reference):
      "the key for \(model) in \(words(reference)) is longer than \(Limits.words(bytes: EndpointKey.longest)): is it a key?"
    }
  }

  static func sentence(_ error: ProbingError) -> String {
    switch error {
    case .priceUnknown(let models):
      """
      no price for \(models.map(\.rawValue).joined(separator: ", ")), so no limit of cost can be kept: give prices with --prices FILE, or leave --max-cost out
      """
    case .currenciesDiffer(let currencies):
      "prices in \(currencies.joined(separator: " and ")) cannot be added: give all in one currency"
    case .noVectors(let host, let detail, let isKeyRefused):
      """
      \(host) gives no embeddings (\(detail)): check \(isKeyRefused ? "the key" : "URL, model and dialect"); what came before is kept, and the same command goes on
      """
    case .noTokens(let model, let host, let detail):
      """
      \(host) does not take the answers put to \(model) apart into tokens (\(detail)): likelihoods need llama.cpp's server, or an endpoint of dialect \(dialects(.echo)) that gives log-probabilities of prompts; with --suspect-only only the suspect and its base are asked
      """
    case .noLikelihood(let models):
      """
      \(models.map(\.rawValue).joined(separator: ", ")): the dialect cannot tell how likely a given answer is: use \(dialects(.echo)), or \(dialects(.grammar)) with llama.cpp's server
      """
    case .notAsked(let models):
      """
      \(models.map(\.rawValue).joined(separator: ", ")): recorded answers have no endpoint that could tell likelihoods: give the suspect a base_endpoint and it alone is needed, or ask every model
      """
    case .noAnswers(let model):
      """
      no answer of \(model) to a probe of the case says anything: run retort run again, give its answers as transcripts, or leave it out
      """
    case .noCommonAnswers:
      "no probe was answered by all models of the case: record answers of each to the same probes, or leave models out"
    case .unknownOwner(let model):
      """
      there are answers of \(model), which is no member of the case: name it in the case, or use the case file that was made with this case.yaml
      """
    case .noLikelihoodTold(let model, let responses):
      """
      the endpoint of \(model) told the likelihood of none of \(responses) answers: it needs log-probabilities of prompts, or llama.cpp's server; see retort doctor
      """
    case .planTooLarge(let answers, let models):
      "\(answers) answers, put to \(models) models each, are more than \(Limits.plannedItems) requests: lower --answers"
    case .badProxy(let variable):
      "the environment variable \(variable) names no proxy: write http://HOST:PORT or socks5://HOST:PORT, or unset it"
    case .noModelList(let url, let detail):
      "\(url) does not tell which models there are (\(detail)): start the server, or name one as URL#MODEL"
    case .planDiffers(let item):
      "the case plans probe \(item.probe) for \(item.model), which its configuration does not have: use an untouched copy"
    }
  }

  /// Those that ask for likelihoods in this way, as a choice.
  static func dialects(_ way: LikelihoodMechanism) -> String {
    Endpoint.DialectName.names { $0.givenAnswers == way }.joined(separator: " or ")
  }

  static func words(_ reference: Endpoint.KeyReference) -> String {
    switch reference {
    case .environment(let name): "the environment variable \(name)"
    case .file(let file): "the file \(file)"
    }
  }
}
