import CaseFile
import Cases
import Custody
import Evidence
import Formats
import Likelihood
import Rendering
import Reporting
import Validation

/// The report in evidence, computed anew from the answers in it and compared: its numbers, and its sentences if this program
/// made them.
struct EvidenceReport {
  /// The present program.
  let tool: String

  /// - Parameter words: says why it cannot be computed, of an error.
  /// - Returns: a check of the numbers, and where those hold one of the sentences.
  func checks(
    _ verification: EvidenceVerification, words: (any Error) -> String?
  ) async throws -> [EvidenceCheck] {
    func report(_ finding: EvidenceCheck.Finding) -> [EvidenceCheck] { [EvidenceCheck(.report, finding)] }
    guard verification.isComplete else {
      // The report was made before texts were withheld: its files must be present, though they cannot be computed again.
      let expected =
        try verification.file(EvidenceLayout.likelihoods).isEmpty
        ? EvidenceLayout.report + (verification.analysis.calibration == nil ? [] : [EvidenceLayout.calibration])
        : [EvidenceLayout.likelihoods]
      if let fault = try verification.difference(ofReportFiles: expected) { return report(.failed(fault)) }
      return report(.notChecked("texts are withheld: no number of it is compared, and it may say anything"))
    }
    // A list of what is withheld that is wrong keeps nothing from being computed that is here.
    let lists: Set<EvidenceCheck.Subject> = [.manifest, .withheld]
    if verification.checks.contains(where: { $0.failed && $0.promise == .integrity && !lists.contains($0.subject) }) {
      return report(.notChecked("what it is computed from is not as it was written"))
    }
    do {
      switch try await compare(verification) {
      case .fault(let sentence): return report(.failed(sentence))
      case .same(let sentences):
        return report(.passed("every number comes out again")) + [EvidenceCheck(.sentences, sentences)]
      }
    } catch {
      switch error {
      case is FileError, is CasesError, is CaseFileError, is CustodyError, is EvidenceError, is LikelihoodError,
        is WorkflowError:
        return report(.failed(words(error) ?? "it cannot be computed"))
      default: throw error
      }
    }
  }

  private enum Comparison {
    case fault(String)
    /// The numbers; what is found of the sentences.
    case same(EvidenceCheck.Finding)
  }

  private func compare(_ verification: EvidenceVerification) async throws -> Comparison {
    let given = try verification.givenAnswers()
    let (version, digest) = verification.analysis
    // What nothing computes could say anything, under the seal of what is computed beside it.
    let expected =
      given.isEmpty
      ? EvidenceLayout.report + (digest == nil ? [] : [EvidenceLayout.calibration]) : [EvidenceLayout.likelihoods]
    if let fault = try verification.difference(ofReportFiles: expected) { return .fault(fault) }
    guard given.isEmpty else { return try compareLikelihoods(verification, given) }
    let method = try CohortMethod.named(version ?? CohortMethod.unstated.version)
    var used: Calibration?
    if let digest {
      let file = EvidenceLayout.calibration
      let read = try Calibration(parsing: try verification.file(file), file: file)
      guard read.digest == digest else { return .fault("\(file) is not the one that the log names") }
      used = read
    }
    let stated = StatedReport(
      result: try verification.file(EvidenceLayout.result), markdown: try verification.file(EvidenceLayout.markdown),
      html: try verification.file(EvidenceLayout.html))
    // Who made the report may differ from who computes it here.
    let report = try await AnalyseCase(
      method: method, calibration: used, excerpts: stated.hasExcerpts, tool: stated.tool ?? tool,
      arithmetic: .init(library: stated.library, kernel: stated.kernel),
      findsDebris: MakerVersion.findsDebris(stated.tool), rules: MakerVersion.rules(stated.tool)
    ).report(
      try verification.contents(StoredReading(by: stated.tool)),
      maximumCohort: MakerVersion.boundsCohort(stated.tool) ? RecordedCase.maximumCohort : .max)
    switch try stated.compare(with: report, tool: tool) {
    case .same(sentencesBy: nil): return .same(.passed("every sentence and both renderings come out again"))
    case .same(sentencesBy: let maker?):
      return notCompared(EvidenceLayout.result, maker, "report.md, report.html and its sentences", verification)
    case .saysOtherwise(let place, let stated, let computed):
      return .same(.failed(Self.says(place, stated, computed)))
    case .differs(let place, let said, let computed):
      // Recorded answers are parted into thoughts and words anew.
      let earlier =
        "; an earlier version made it, and read some answers otherwise: check with the version that it names"
      return .fault(Self.says(place, said, computed) + (StoredReading.mayDiffer(by: stated.tool) ? earlier : ""))
    case .noDocument: return .fault("\(EvidenceLayout.result) is no JSON document")
    }
  }

  private func compareLikelihoods(
    _ verification: EvidenceVerification, _ given: [(model: ModelID, given: GivenAnswer, answer: Answer)]
  ) throws -> Comparison {
    let path = EvidenceLayout.likelihoods
    guard let stated = JSONValue(parsing: try verification.file(path), upTo: .file) else {
      return .fault("\(path) is no JSON document")
    }
    let maker = stated["tool"]?.string ?? ""
    let contents = try verification.contents()
    let calibration = try ReferenceCalibration.shipped()
    if let named = stated["reference"]?["calibration_sha256"]?.string, named != calibration.digest.hex {
      return .fault("\(path) names a calibration that this program does not hold: verify with the one that made it")
    }
    let refuses = MakerVersion.refusesCertainty(maker)
    let computed = LikelihoodFindings(contents, given, refusesCertainty: refuses).document(
      tool: maker,
      reference: ReferenceFindings(contents, given, calibration: calibration, refusesCertainty: refuses))
    if let found = NumbersComparison.likelihood.difference(stated: stated, computed: computed) {
      return .fault(Self.says("\(path), \(found.path)", found.stated, found.computed))
    }
    guard maker.utf8.elementsEqual(tool.utf8) else { return notCompared(path, maker, "its sentences", verification) }
    guard let found = ReportComparison.difference(stated: stated.canonical, computed: computed.canonical) else {
      return .same(.passed("every sentence comes out again"))
    }
    return .same(.failed(Self.says(path, found.stated, found.computed)))
  }

  /// A report by another program: the word of the report alone does not switch a comparison off.
  private func notCompared(
    _ path: String, _ maker: String, _ what: String, _ verification: EvidenceVerification
  ) -> Comparison {
    guard verification.isNamed(tool: maker) else {
      return .fault("\(path) says that \"\(Self.short(maker))\" made it, which no record of the log names")
    }
    return .same(
      .notChecked(
        "\(what) may say anything and are not compared: \"\(Self.short(maker))\" made them, and this is \(tool)"))
  }

  private static func says(_ place: String, _ stated: String, _ computed: String) -> String {
    "\(place) says \"\(short(stated))\", computed is \"\(short(computed))\""
  }

  private static func short(_ line: String) -> String {
    let scalars = line.unicodeScalars.drop { $0 == " " }
    return scalars.count > 160
      ? String(String.UnicodeScalarView(scalars.prefix(160))) + "…" : String(Substring(scalars))
  }
}
