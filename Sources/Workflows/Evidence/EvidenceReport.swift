import CaseFile
import Cases
import Custody
import Evidence
import Formats
import Likelihood
import Reporting

/// The report in evidence, computed anew from the answers in it and compared.
struct EvidenceReport {
  /// The present program: it compares sentences only of a report that it made itself.
  let tool: String

  static let calibration = "analysis/calibration.json"
  /// In place of a report, where the case holds likelihoods of given answers.
  static let likelihoods = "report/likelihood.json"

  /// - Parameter words: says why it cannot be computed, of an error.
  func check(
    _ verification: EvidenceVerification, words: (any Error) -> String?
  ) async throws -> EvidenceCheck {
    func finding(_ finding: EvidenceCheck.Finding) -> EvidenceCheck { EvidenceCheck(.report, finding) }
    guard verification.isComplete else {
      return finding(.notChecked("texts are withheld: it cannot be computed from what is here"))
    }
    // A list of what is withheld that is wrong keeps nothing from being computed that is here.
    let lists: Set<EvidenceCheck.Subject> = [.manifest, .withheld]
    if verification.checks.contains(where: { $0.failed && $0.promise == .integrity && !lists.contains($0.subject) }) {
      return finding(.notChecked("what it is computed from is not as it was written"))
    }
    do {
      return finding(try await compare(verification))
    } catch {
      switch error {
      case is FileError, is CasesError, is CaseFileError, is CustodyError, is EvidenceError, is LikelihoodError,
        is WorkflowError:
        return finding(.failed(words(error) ?? "it cannot be computed"))
      default: throw error
      }
    }
  }

  private func compare(_ verification: EvidenceVerification) async throws -> EvidenceCheck.Finding {
    let given = try verification.givenAnswers()
    if !given.isEmpty {
      return try compareLikelihoods(verification, given)
    }
    let (version, digest) = verification.analysis
    let method = try CohortMethod.named(version ?? CohortMethod.unstated.version)
    var used: Calibration?
    if let digest {
      let read = try Calibration(parsing: try verification.file(Self.calibration), file: Self.calibration)
      guard read.digest == digest else { return .failed("\(Self.calibration) is not the one that the log names") }
      used = read
    }
    let stated = StatedReport(
      result: try verification.file("report/result.json"), markdown: try verification.file("report/report.md"),
      html: try verification.file("report/report.html"))
    // Who made the report may differ from who computes it here.
    let report = try await AnalyseCase(
      method: method, calibration: used, excerpts: stated.hasExcerpts, tool: stated.tool ?? tool,
      arithmetic: .init(library: stated.library, kernel: stated.kernel)
    ).report(try verification.contents())
    switch try stated.compare(with: report, tool: tool) {
    case .same(sentencesBy: nil): return .passed("every number and every sentence comes out again")
    case .same(sentencesBy: let maker?): return .passed(numbersOnly(madeBy: maker))
    case .differs(let place, let stated, let computed):
      return .failed("\(place) says \"\(short(stated))\", computed is \"\(short(computed))\"")
    case .noDocument: return .failed("report/result.json is no JSON document")
    }
  }

  private func compareLikelihoods(
    _ verification: EvidenceVerification, _ given: [(model: ModelID, given: GivenAnswer, answer: Answer)]
  ) throws -> EvidenceCheck.Finding {
    guard let stated = JSONValue(parsing: try verification.file(Self.likelihoods), upTo: .file) else {
      return .failed("\(Self.likelihoods) is no JSON document")
    }
    let maker = stated["tool"]?.string ?? tool
    let computed = LikelihoodFindings(try verification.contents(), given).document(tool: maker)
    if let found = NumbersComparison.likelihood.difference(stated: stated, computed: computed) {
      return .failed(
        "\(Self.likelihoods), \(found.path) says \"\(short(found.stated))\", computed is \"\(short(found.computed))\"")
    }
    guard maker == tool else { return .passed(numbersOnly(madeBy: maker)) }
    return ReportComparison.difference(stated: stated.canonical, computed: computed.canonical) == nil
      ? .passed("every number comes out again") : .failed("\(Self.likelihoods): the sentences are not those of \(tool)")
  }

  private func numbersOnly(madeBy tool: String) -> String {
    "every number comes out again; sentences not compared: made by \(tool)"
  }

  private func short(_ line: String) -> String {
    let trimmed = line.drop { $0 == " " }
    return trimmed.count > 160 ? trimmed.prefix(160) + "…" : String(trimmed)
  }
}
