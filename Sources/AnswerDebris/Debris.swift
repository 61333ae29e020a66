package import Cases
import Formats

/// What servers and tools left in answers, and what no model said: marks that most answers of a model begin or end with, special
/// tokens, error strings, and texts that were given byte for byte to many prompts.
///
/// Two models behind one server, or one tool, share all of it and nothing else: it is found, told with counts, and not scored.
///
/// - Note: a common opening of words is a habit, and evidence, until four of five answers have it (`CommonBorder`); so is one text
///   for several prompts, up to twice as many as get one from most models of the case.
package struct Debris: Sendable {
  /// Something that answers of one model have in common.
  package struct Finding: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable, Encodable {
      case start, end
      /// The prompt, before the answer to it.
      case echo
      /// What stands behind the answer from the label of another speaker on.
      case turn
      /// A special token of a chat template, or a label of a role.
      case mark
      /// What stands before a mark within the answer, such as thoughts under marks that are not known.
      case preamble
      /// An error of a server or a tool in place of an answer.
      case error
      /// One text for many prompts.
      case repeated
      /// Thoughts that stood in the text.
      case thoughts
    }

    package let model: ModelID
    package let kind: Kind
    /// The mark itself, or the beginning of the text; of a text that a model may have said, nothing that identifies it but this.
    package let text: String
    package let count: Int
    package let of: Int
  }

  /// What versions look for.
  package enum Rules: Hashable, Sendable {
    /// Neither prompts that were given back, nor turns of others, codes of terminals, ends of objects, and starts and ends whose
    /// numbers vary; what stands behind an inner mark is kept however short it is.
    case before0_10
    case present
  }

  /// Prompts that get one text byte for byte from which on it is listed.
  package static let minimumRepeats = 3
  /// Shortest text in Unicode scalars that is not forced by its prompt.
  static let shortestRepeat = 20
  /// Share of a model's prompts from which on a shorter text is taken for debris as well.
  static let shareOfShortRepeats = 0.05
  /// Share of a model's answers with a known token from which on it is taken off.
  static let leastKnown = 0.02

  /// By model, in the order of the kinds.
  package let findings: [Finding]
  /// The answers without it; those that nothing is left of are left out.
  package let cleaned: [ModelID: Transcript]

  /// Whether anything was found that has to be taken off; thoughts that reading took apart are off already.
  package var changesAnswers: Bool { findings.contains { $0.kind != .thoughts } }

  /// Whether a model and one of several others both have some that has to be taken off: what one alone has makes nobody alike.
  package func isShared(by model: ModelID, withOneOf others: [ModelID]) -> Bool {
    let holders = Set(findings.filter { $0.kind != .thoughts }.map(\.model))
    return holders.contains(model) && others.contains(where: holders.contains)
  }

  package init(_ transcripts: [ModelID: Transcript], rules: Rules = .present) {
    let models = transcripts.keys.sorted()
    // What each model's answers begin and end with; what most others have too is the task's form.
    let cleaners = models.map { DebrisCleaner(transcripts[$0], rules: rules) }
    var findings: [Finding] = []
    var cleaned: [ModelID: Transcript] = [:]
    for (place, model) in models.enumerated() {
      guard let transcript = transcripts[model] else { continue }
      for (mark, count) in transcript.thoughtsInText.sorted(by: { $0.key < $1.key }) {
        findings.append(
          Finding(model: model, kind: .thoughts, text: mark, count: count, of: transcript.responses.count))
      }
      let others = cleaners.indices.filter { $0 != place }
      let borders = cleaners[place].borders.filter { border in
        let alike = others.count { cleaners[$0].share(of: border) >= border.share / 2 }
        return 2 * alike <= others.count
      }
      let turns = cleaners[place].turns.filter { turn in
        2 * others.count { cleaners[$0].share(ofTurn: turn.label) >= turn.share / 2 } <= others.count
      }
      let foreign = borders.contains { $0.side == .start } ? Self.sample(others, cleaners) : []
      let greatest = others.map { cleaners[$0].greatestRepeat(excluding: cleaners[place]) }.sorted()
      let result = cleaners[place].cleaned(
        borders, turns: turns.map(\.label), repeats: greatest.isEmpty ? 0 : 2 * greatest[greatest.count / 2],
        model: model, others: foreign)
      findings += result.findings
      cleaned[model] =
        result.findings.isEmpty
        ? transcript : Transcript(model: model, responses: result.responses, source: transcript.source)
    }
    self.findings = findings
    self.cleaned = cleaned
  }

  /// Whether what is left of most answers is one: a mark may stand before an end, such as a number of tokens.
  static func leavesAnswers(_ rests: [String]) -> Bool {
    let lengths = rests.map { $0.unicodeScalars.prefix(shortestRepeat).count }.sorted()
    return !lengths.isEmpty && lengths[lengths.count / 2] >= shortestRepeat
  }

  /// Some answers of other models, the same in every run.
  private static func sample(_ others: [Int], _ cleaners: [DebrisCleaner]) -> [[String]] {
    others.prefix(8).map { Array(cleaners[$0].texts.prefix(50)) }
  }
}
