import Formats

/// A model as a configuration states it, before recorded answers are matched with the probes of the case.
struct StatedMember {
  enum Source {
    case endpoint(Endpoint, base: Endpoint?)
    case recorded(file: String, origin: Recording.Origin)

    var base: Endpoint? { if case .endpoint(_, let base) = self { base } else { nil } }
  }

  let id: ModelID
  let mark: YAMLPosition
  let lineage: Lineage.Entry
  let source: Source

  /// The same with another lineage.
  func with(_ lineage: Lineage.Entry?) -> StatedMember {
    StatedMember(id: id, mark: mark, lineage: lineage ?? Lineage.Entry(), source: source)
  }
}

/// Makes members of a case of them.
struct RecordingReader {
  private let answers: RecordedAnswers

  init(answering probes: [Probe]) { answers = RecordedAnswers(to: probes) }

  /// - Throws: `FileError` or `CasesError`; a file of which no answer is to a probe of the case is a mistake.
  func member(_ stated: StatedMember, _ top: YAMLMapping) throws -> CaseConfiguration.Member {
    switch stated.source {
    case .endpoint(let endpoint, let base):
      return .asked(
        CaseConfiguration.Model(id: stated.id, endpoint: endpoint, lineage: stated.lineage, baseEndpoint: base))
    case .recorded(let file, let origin):
      let bytes: [UInt8]
      do {
        bytes = try FileBytes.read(file)
      } catch FileError.unreadable(_, let reason) {
        throw top.error(at: stated.mark, .transcriptsUnreadable(file: file, reason: reason))
      }
      let matching = try answers.read(bytes, file: file, model: stated.id).matching
      guard matching.answers > 0 else {
        throw top.error(at: stated.mark, .noRecordedAnswer(file: file, answers: matching.leftOut))
      }
      return .recorded(
        CaseConfiguration.RecordedModel(
          id: stated.id, recording: Recording(file: file, bytes: bytes, origin: origin, matching: matching),
          lineage: stated.lineage))
    }
  }
}
