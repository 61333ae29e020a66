import CaseFile
package import Cases
import DemoModels
import Formats
import Foundation
import Likelihood
import Probing
package import Reporting

/// The demo: from training texts to the verdict. The models know nothing of the analysis, and the analysis knows only
/// what the endpoints answer.
package struct RehearseDemo: Sendable {
  /// What is being done, before it takes its time.
  package enum Stage: Sendable {
    case training(models: Int)
    /// Of the student's lessons, `share` are answers of the endpoint of `teacher`.
    case teaching(lessons: Int, share: Double, teacher: String)
    case probing(endpoints: Int, port: Int)
  }

  package struct Findings: Sendable {
    /// The student's report.
    package let report: Report
    /// The independent model in the student's place, as a control.
    package let control: Report
  }

  package static let student = ModelID("student")
  static let teacher = ModelID(DemoWorld.teacher.name)
  static let independent = ModelID(DemoWorld.independent.name)

  private let isShuffled: Bool
  private let share: Double
  private let seed: UInt64
  private let folder: String
  private let tool: String

  /// - Parameters:
  ///   - isShuffled: whether the student learns from the independent model instead.
  ///   - share: of the student's lessons, those that are its teacher's answers.
  ///   - folder: for the case file and its probe set.
  package init(isShuffled: Bool, share: Double, seed: UInt64, folder: String, tool: String) {
    self.isShuffled = isShuffled
    self.share = share
    self.seed = seed
    self.folder = folder
    self.tool = tool
  }

  /// - Parameter ask: how the case is asked.
  /// - Throws: `IncompleteRun` if an item is left without an answer.
  package func run(
    asking ask: @escaping Asker = { try await $0.run() }, stage: @escaping @Sendable (Stage) -> Void = { _ in }
  ) async throws -> Findings {
    // Before anything takes its time.
    try keepOff(caseFile)
    let source = isShuffled ? DemoWorld.independent : DemoWorld.teacher
    stage(.training(models: DemoWorld.authors.count))
    var models = Dictionary(uniqueKeysWithValues: DemoWorld.authors.map { ($0.name, DemoWorld.train($0)) })
    // What a student learns that is not its teacher's; no author of the demo and none of its calibration.
    let own = ComposedAuthor.author(1_000)
    if share < 1 { models[own.name] = DemoWorld.train(own) }
    stage(.teaching(lessons: DemoWorld.trainingPrompts.count, share: share, teacher: source.name))
    models[Self.student.rawValue] = try await DemoStudent(seed: seed, share: share).trained(
      by: source, else: own, of: models)
    models[own.name] = nil
    let served = models
    try await withModelServer(models: served, seed: seed) { port in
      let demo = try demoCase(port: port)
      stage(.probing(endpoints: demo.configuration.models.count, port: port))
      let result = try await ask(demo)
      guard result.stop == .complete else { throw IncompleteRun(result) }
    }
    return try await findings()
  }

  static let sampling = Cases.Sampling(temperature: DemoCorpus.temperature, maxTokens: DemoCorpus.maxTokens)

  private var caseFile: String { "\(folder)/demo.retort" }

  private func demoCase(port: Int) throws -> AskCase {
    // Each demo is a case of its own: the models live as long as it runs.
    try keepOff(caseFile)
    if FileBytes.exists(caseFile) { try FileManager.default.removeItem(atPath: caseFile) }
    let probes = "\(folder)/probes.jsonl"
    try FileBytes.write(Self.probeLines.utf8, to: probes)
    func model(_ name: String) -> CaseConfiguration.Model {
      CaseConfiguration.Model(
        id: ModelID(name), endpoint: Endpoint(url: "http://127.0.0.1:\(port)/v1", model: name),
        lineage: Lineage.Entry(developer: "author of \(name)", family: name))
    }
    let configuration = CaseConfiguration(
      name: "demo", seed: seed, suspect: model(Self.student.rawValue),
      candidates: [model(Self.teacher.rawValue), model(Self.independent.rawValue)],
      cohort: DemoWorld.cohort.map { model($0.name) }, probeSets: [try ProbeSet.read(file: probes)],
      samples: DemoCorpus.samples, sampling: Self.sampling, concurrency: 8)
    return AskCase(
      configuration, file: caseFile, environment: [:], tool: tool, weighing: .calibrated(try Calibration.demo()))
  }

  /// - Throws: `FileError.wouldOverwrite` for what is no demo's: a case of the user's, a damaged one, or something else under that
  ///   name; `FileError.inUse` for a case that another demo is writing.
  private func keepOff(_ file: String) throws {
    guard FileBytes.exists(file) else { return }
    do {
      // Opening for writing changes a file; a case of the user's is only read.
      if try CaseStore.withOpen(at: file, { try $0.contents().name }) == "demo" {
        return try CaseStore.withOpen(at: file, for: .writing) { _ in }
      }
    } catch let error as FileError {
      if case .inUse = error { throw error }
    } catch is CaseFileError {
      // Not to be read, so not ours to remove.
    }
    throw FileError.wouldOverwrite(file: file)
  }

  private static var probeLines: String {
    DemoWorld.probePrompts.enumerated().map { number, prompt in
      JSONValue.object([
        "id": .string("demo-\(number + 1)"), "prompt": .string(prompt), "language": .string("en"),
      ]).canonical + "\n"
    }.joined()
  }

  private func findings() async throws -> Findings {
    let contents = try CaseStore.withOpen(at: caseFile) { try $0.contents() }
    let analysis = AnalyseCase(method: .current, calibration: try Calibration.demo(), tool: tool)
    let control = CaseContents(
      name: "demo, control", suspect: Self.independent, candidates: [Self.teacher], cohort: contents.cohort,
      transcripts: contents.transcripts.filter { $0.key != Self.student }, lineage: contents.lineage,
      probes: contents.probes, seed: contents.seed, run: contents.run)
    return Findings(report: try await analysis.report(contents), control: try await analysis.report(control))
  }
}
