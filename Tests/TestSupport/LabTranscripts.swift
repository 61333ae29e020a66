package import Cases
import Formats
import Foundation

/// Recorded answers of small real language models whose ancestry is known, beside the reference corpus: with
/// log-probabilities, and with alternatives after given beginnings of an answer.
package enum LabTranscripts {
  package static let note = "skipped: the recorded lab models (corpus/lab) are not here"

  package static var isHere: Bool { FileManager.default.fileExists(atPath: ReferenceCorpus.file("lab")) }

  /// A model's answers, one in the OpenAI dialect a line.
  package static func answers(_ model: String) throws -> Transcript {
    let responses = try lines("\(model).jsonl.gz").map { line in
      let choice = line["response"]?["choices"]?.array?.first
      return Response(
        prompt: PromptID(line["prompt_id"]?.string ?? ""), sample: line["sample"]?.integer ?? 0,
        text: choice?["message"]?["content"]?.string ?? "",
        tokens: choice?["logprobs"]?["content"]?.array?.compactMap(TokenLogprob.init(json:)))
    }
    return Transcript(model: ModelID(model), responses: responses, source: Digest(of: model))
  }

  /// What a model would say next after beginnings that were given to it, each as the first token of an answer.
  ///
  /// - Parameter contextsOf: the model whose own answers the beginnings are taken from; nil for human text.
  package static func next(_ model: String, contextsOf: String? = nil) throws -> Transcript {
    let name = contextsOf.map { "\(model).probes-\($0)" } ?? "\(model).probes"
    let responses = try lines("\(name).jsonl.gz").map { line in
      let top = (line["top"]?.array ?? []).compactMap { entry -> TokenLogprob? in
        guard let pair = entry.array, pair.count == 2, let token = pair[0].string else { return nil }
        return TokenLogprob(token: token, logprob: pair[1].number)
      }
      return Response(
        prompt: PromptID(line["id"]?.string ?? ""), sample: 0, text: top.first?.token ?? "",
        tokens: top.first.map { [TokenLogprob(token: $0.token, logprob: $0.logprob, top: top)] })
    }
    return Transcript(model: ModelID(model), responses: responses, source: Digest(of: name))
  }

  private static func lines(_ name: String) throws -> [JSONValue] {
    let unpacked = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data().write(to: unpacked)
    defer { try? FileManager.default.removeItem(at: unpacked) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", ReferenceCorpus.file("lab/\(name)")]
    process.standardOutput = try FileHandle(forWritingTo: unpacked)
    try process.run()
    process.waitUntilExit()
    return try Data(contentsOf: unpacked).split(separator: 0x0A).compactMap { JSONValue(parsing: Array($0)) }
  }
}
