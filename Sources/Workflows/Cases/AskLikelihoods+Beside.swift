import CaseFile
package import Cases
import Formats
package import Validation

extension AskLikelihoods {
  /// What likelihoods say of the candidates of a case against the suspect's base, where their file lies beside it.
  ///
  /// - Parameters:
  ///   - file: the case.
  ///   - contents: what it holds.
  /// - Returns: nil where there is no such file, where it is not finished or holds answers that the case does not, and where no
  ///   base of the suspect was asked.
  package static func reference(beside file: String, of contents: CaseContents) throws -> ReferenceFindings? {
    let ending = ".retort"
    let path = Self.file(ofCase: file.hasSuffix(ending) ? String(file.dropLast(ending.count)) : file)
    guard try CaseStore.exists(at: path) else { return nil }
    return try CaseStore.withOpen(at: path) { store -> ReferenceFindings? in
      guard try store.remaining().isEmpty else { return nil }
      let (found, given) = (try store.contents(), try store.givenAnswers())
      guard found.suspect == contents.suspect, found.candidates == contents.candidates,
        areAnswers(given.map(\.given), of: contents)
      else { return nil }
      return ReferenceFindings(found, given, calibration: try .shipped())
    }
  }

  private struct Place: Hashable {
    let model: ModelID
    let prompt: PromptID
    let sample: Int
  }

  /// Whether given texts are what a case has of their owners, or its beginning: a case that was asked anew has others. References
  /// are nobody's, and a plain spelling is made of an answer that is given as well.
  private static func areAnswers(_ given: [GivenAnswer], of contents: CaseContents) -> Bool {
    let texts = Dictionary(
      firstOf: contents.transcripts.flatMap { model, transcript in
        transcript.responses.map { (Place(model: model, prompt: $0.prompt, sample: $0.sample), $0.text) }
      })
    return given.allSatisfy { answer in
      guard answer.plain == nil, let model = answer.model else { return true }
      let text = texts[Place(model: model, prompt: answer.prompt, sample: answer.sample)]
      return text?.utf8.starts(with: answer.text.utf8) ?? false
    }
  }
}
