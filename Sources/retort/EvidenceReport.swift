import CaseFile
import Likelihood
import Reporting

/// The report in evidence, computed anew from the answers in it and compared.
enum EvidenceReport {
  static let calibration = "analysis/calibration.json"
  /// In place of a report, where the case holds likelihoods of given answers.
  static let likelihoods = "report/likelihood.json"

  static func check(_ verification: EvidenceVerification) async throws -> EvidenceCheck {
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
    } catch let error as CaseFileError {
      return finding(.failed(ErrorReport.explanation(of: error)?.line ?? "it cannot be computed"))
    } catch let error as LikelihoodError {
      return finding(.failed(ErrorReport.explanation(of: error)?.line ?? "it cannot be computed"))
    }
  }

  private static func compare(_ verification: EvidenceVerification) async throws -> EvidenceCheck.Finding {
    let given = try verification.givenAnswers()
    if !given.isEmpty {
      let stated = String(decoding: try verification.file(likelihoods), as: UTF8.self)
      let tool = JSONValue(parsing: stated)?["tool"]?.string ?? Version.tool
      let computed = LikelihoodFindings(try verification.contents(), given).document(tool: tool).canonical
      return ReportComparison.difference(stated: stated, computed: computed) == nil
        ? .passed("every number comes out again") : .failed("\(likelihoods) is not what is computed")
    }
    let (version, digest) = verification.analysis
    let method = try CohortMethod.named(version ?? CohortMethod.version2.version)
    var used: Calibration?
    if let digest {
      let read = try Calibration(parsing: try verification.file(calibration), file: calibration)
      guard read.digest == digest else { return .failed("\(calibration) is not the one that the log names") }
      used = read
    }
    let stated = JSONValue(parsing: try verification.file("report/result.json"))
    // Who made the report may differ from who computes it here; all else may not.
    let report = try await AnalysisOutput.report(
      try verification.contents(), method: method, exactly: used, tool: stated?["tool"]?.string ?? Version.tool,
      arithmetic: .init(
        library: stated?["method"]?["library"]?.string ?? "", kernel: stated?["method"]?["kernel"]?.string ?? ""),
      excerpts: stated?["excerpts"]?.bool ?? false)
    // The numbers of the stated result are compared themselves, within the tolerance; its digest is taken as it is.
    let result = Digest(of: try verification.file("report/result.json"))
    let renderings = [
      ("result.json", String(decoding: try report.json(), as: UTF8.self)),
      ("report.md", try report.markdown(result: result)), ("report.html", try report.html(result: result)),
    ]
    for (name, computed) in renderings {
      let stated = String(decoding: try verification.file("report/\(name)"), as: UTF8.self)
      // The same values may have been written with fewer escapes.
      let text = name == "result.json" ? JSONText.inert(stated) : stated
      guard let found = ReportComparison.difference(stated: text, computed: computed) else { continue }
      return .failed(
        "report/\(name):\(found.line) says \"\(short(found.stated))\", computed is \"\(short(found.computed))\"")
    }
    return .passed("every number and every sentence comes out again")
  }

  private static func short(_ line: String) -> String {
    let trimmed = line.drop { $0 == " " }
    return trimmed.count > 160 ? trimmed.prefix(160) + "…" : String(trimmed)
  }
}
