package import Cases
import Formats

/// Recorded answers of models that do not exist, for tests that need some.
package enum Voices {
  /// Nine voices that answer in words of their own; the second borrows the first's words for some prompts.
  package static func transcripts(prompts: Int = 30, missing: Bool = false) -> [ModelID: Transcript] {
    func text(_ voice: Int, _ prompt: Int) -> String {
      let words = (0..<18).map { "v\(voice)w\((prompt * 5 + $0 * $0 * (voice + 1)) % 9) t\(($0 + prompt) % 4)" }
      return words.prefix(4 + voice + prompt % 3).joined(separator: " ") + "."
    }
    var transcripts: [ModelID: Transcript] = [:]
    for voice in 0..<9 {
      let name = ModelID("m\(voice)")
      transcripts[name] = Transcript(
        model: name,
        responses: (0..<prompts).filter { !missing || ($0 * 7 + voice) % 6 != 0 }.map { prompt in
          Response(
            prompt: PromptID("p\(100 + prompt)"), sample: 0,
            text: text(voice == 1 && prompt % 3 == 0 ? 0 : voice, prompt))
        }, source: Digest(of: name.rawValue))
    }
    return transcripts
  }
}
