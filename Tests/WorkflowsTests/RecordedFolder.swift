import Cases
import Formats
import Synchronization
import TestSupport
import Workflows

/// Recorded answers in a folder, as users have them.
struct RecordedFolder {
  let folder: TemporaryFolder
  var path: String { folder.path }

  /// A workflow holds a path alone: the folders stay until the tests end.
  private static let kept = Mutex<[TemporaryFolder]>([])

  init() throws {
    let folder = try TemporaryFolder()
    Self.kept.withLock { $0.append(folder) }
    self.folder = folder
  }

  /// Voices as transcripts: suspect `m1`, its teacher `m0`, and the cohort in a folder.
  static func voices(prompts: Int = 30) throws -> RecordedFolder {
    let recorded = try RecordedFolder()
    for (model, transcript) in Voices.transcripts(prompts: prompts) {
      let inCohort = !["m0", "m1"].contains(model.rawValue)
      try recorded.write(transcript.responses, to: "\(inCohort ? "cohort/" : "")\(model).jsonl")
    }
    return recorded
  }

  /// All voices in one folder.
  static func all(prompts: Int = 30, samples: Int = 1) throws -> RecordedFolder {
    let recorded = try RecordedFolder()
    for (model, transcript) in Voices.transcripts(prompts: prompts) {
      let responses = transcript.responses.flatMap { response in
        (0..<samples).map {
          Response(prompt: response.prompt, sample: $0, text: response.text + ($0 == 0 ? "" : " again \($0)"))
        }
      }
      try recorded.write(responses, to: "\(model).jsonl")
    }
    return recorded
  }

  func write(_ responses: [Response], to name: String) throws {
    try FileBytes.write(responses.map(\.canonicalLine).joined().utf8, to: "\(path)/\(name)")
  }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try FileBytes.write(text.utf8, to: "\(path)/\(name)")
    return "\(path)/\(name)"
  }

  func recordedCase(
    candidates: [String] = ["m0"], probes: String? = nil, lineage: String? = nil
  ) -> RecordedCase {
    RecordedCase(
      suspect: "\(path)/m1.jsonl", candidates: candidates.map { "\(path)/\($0).jsonl" }, cohort: "\(path)/cohort",
      probes: probes, lineage: lineage)
  }
}
