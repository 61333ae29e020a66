import Cases
import DemoModels
import Formats

/// A case about the demo's served models that is ready to run: the student is the suspect.
package enum RehearsalCase {
  /// As many as a ratio needs, and some more: the demo's own questions, then open ones that come with the program.
  private static let probes = 120
  /// Of these, asked twice: enough to test whether two models are one, and quick.
  private static let repeated = 24

  /// Writes `case.yaml` and `probes.jsonl`; a case of an earlier rehearsal is written anew.
  ///
  /// - Returns: the path of the configuration.
  package static func write(to folder: String, url: String) throws -> String {
    let own = DemoWorld.probePrompts.enumerated().map {
      Probe(id: PromptID("demo-\($0 + 1)"), prompt: $1, language: "en")
    }
    let open = try ProbeSet.parse(Array(DraftCase.shipped().utf8), file: "open.jsonl").probes
    let lines = (own + open).prefix(probes).enumerated().map { place, probe in
      Probe(
        id: probe.id, prompt: probe.prompt, category: probe.category, language: probe.language,
        samples: place < repeated ? 2 : nil, maxTokens: probe.maxTokens
      ).canonicalLine
    }
    try FileBytes.write(lines.joined().utf8, to: "\(folder)/probes.jsonl")
    func member(_ name: String) -> CaseDraft.Member {
      CaseDraft.Member(
        name: ModelID(name), source: .endpoint(Endpoint(url: url, model: name)), developer: "author of \(name)",
        isDeveloperGuessed: false)
    }
    let strangers = [DemoWorld.independent] + DemoWorld.cohort
    let draft = CaseDraft(
      seed: 20_261_123, suspect: member(RehearseDemo.student.rawValue), candidates: [member(DemoWorld.teacher.name)],
      cohort: strangers.map { member($0.name) }, probes: "probes.jsonl", samples: 1)
    let file = "\(folder)/case.yaml"
    try FileBytes.write(draft.yaml.utf8, to: file)
    return file
  }
}
