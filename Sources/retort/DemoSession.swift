import CaseFile
import DemoModels
import Foundation
import Likelihood
import Probing
import Reporting

/// The demo: from training texts to the verdict. The models know nothing of the analysis, and the analysis knows only
/// what the endpoints answer.
struct DemoSession {
  let isShuffled: Bool
  /// Of the student's lessons, those that are the teacher's answers.
  let share: Double
  let seed: UInt64
  let folder: String
  let json: Bool
  var progress = ProgressMode.auto

  static let student = ModelID("student")
  static let teacher = ModelID(DemoWorld.teacher.name)
  static let independent = ModelID(DemoWorld.independent.name)

  func run() async throws {
    let source = isShuffled ? DemoWorld.independent : DemoWorld.teacher
    Talk.say("training \(DemoWorld.authors.count) models on texts of their own")
    var models = Dictionary(uniqueKeysWithValues: DemoWorld.authors.map { ($0.name, DemoWorld.train($0)) })
    // What a student learns that is not its teacher's; no author of the demo and none of its calibration.
    let own = ComposedAuthor.author(1_000)
    if share < 1 { models[own.name] = DemoWorld.train(own) }
    Talk.say(
      "training the student on \(DemoWorld.trainingPrompts.count) answers, "
        + (share < 1 ? "\(Int((share * 100).rounded())) % of them " : "all ") + "of the \(source.name)'s endpoint")
    models[Self.student.rawValue] = LanguageModel.trained(on: try await lessons(of: source, else: own, models))
    models[own.name] = nil
    let served = models
    try await withModelServer(models: served, seed: seed) { port in try await probe(port: port) }
    try await report()
  }

  /// What the student learns from: the answers of an endpoint, and nothing else.
  private func lessons(
    of teacher: Author, else own: Author, _ models: [String: LanguageModel]
  ) async throws -> [Exchange] {
    let seed = seed
    return try await withModelServer(models: models, seed: seed) { port in
      let transport = HTTPTransport(connections: 4)
      let sampling = CaseFile.Sampling(temperature: DemoCalibration.temperature, maxTokens: DemoCalibration.maxTokens)
      var lessons: [Exchange] = []
      for (number, question) in DemoWorld.trainingPrompts.enumerated() {
        let author = DemoWorld.isFromTeacher(number, share: share) ? teacher : own
        let endpoint = Endpoint(url: "http://127.0.0.1:\(port)/v1", model: author.name)
        let item = PlannedItem(
          order: number, model: ModelID(author.name), probe: PromptID("lesson-\(number)"), sample: 0,
          requestSeed: Int(truncatingIfNeeded: seed % 1_000_000) + number)
        let request = OpenAIChat().request(
          for: item, probe: Probe(id: item.probe, prompt: question), endpoint: endpoint, sampling: sampling,
          maxTokens: DemoCalibration.maxTokens)
        let reply = await transport.send(TransportRequest(request: request, credentials: nil, timeout: .seconds(20)))
        guard case .answer(_, let answer)? = reply.head.map({ OpenAIChat().read(status: $0.status, body: reply.body) })
        else {
          await transport.shutdown()
          throw DemoError.noAnswer(question)
        }
        lessons.append(Exchange(question: question, answer: answer.text))
      }
      await transport.shutdown()
      return lessons
    }
  }

  private var caseFile: String { "\(folder)/demo.retort" }

  private func probe(port: Int) async throws {
    // Each demo is a case of its own: the models live as long as it runs.
    if FileBytes.exists(caseFile) {
      // Neither a case that another demo is writing nor one of the user's.
      let earlier = try CaseStore.open(at: caseFile, for: .writing)
      let name: String
      do {
        name = try earlier.contents().name
        try earlier.close()
      } catch {
        try? earlier.close()
        throw error
      }
      guard name == "demo" else { throw CaseFileError.wouldOverwrite(file: caseFile) }
      try FileManager.default.removeItem(atPath: caseFile)
    }
    let probes = "\(folder)/probes.jsonl"
    try FileBytes.write(try Self.probeLines().utf8, to: probes)
    func model(_ name: String) -> CaseConfiguration.Model {
      CaseConfiguration.Model(
        id: ModelID(name), endpoint: Endpoint(url: "http://127.0.0.1:\(port)/v1", model: name),
        lineage: Lineage.Entry(developer: "author of \(name)", family: name))
    }
    let configuration = CaseConfiguration(
      name: "demo", seed: seed, suspect: model(Self.student.rawValue),
      candidates: [model(Self.teacher.rawValue), model(Self.independent.rawValue)],
      cohort: DemoWorld.cohort.map { model($0.name) }, probeSets: [try ProbeSet.read(file: probes)],
      samples: DemoCalibration.samples,
      sampling: CaseFile.Sampling(temperature: DemoCalibration.temperature, maxTokens: DemoCalibration.maxTokens),
      concurrency: 8)
    Talk.say("probing \(configuration.models.count) endpoints on 127.0.0.1:\(port)")
    try await CaseSession(
      configuration: configuration, file: caseFile, output: folder, json: json,
      resume: "retort demo", progress: progress, calibration: try Calibration.demo()
    ).probe()
  }

  private static func probeLines() throws -> String {
    struct Line: Encodable {
      let id: String
      let prompt: String
      let language = "en"
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try DemoWorld.probePrompts.enumerated().map { number, prompt in
      String(decoding: try encoder.encode(Line(id: "demo-\(number + 1)", prompt: prompt)), as: UTF8.self) + "\n"
    }.joined()
  }

  /// The student's report; and, as a control, the independent model in the student's place.
  private func report() async throws {
    let store = try CaseStore.open(at: caseFile)
    let contents = try store.contents()
    try store.close()
    let calibration = try Calibration.demo()
    try await AnalysisOutput(folder: folder, json: json, calibration: calibration).write(contents)
    let control = CaseContents(
      name: "demo, control", suspect: Self.independent, candidates: [Self.teacher], cohort: contents.cohort,
      transcripts: contents.transcripts.filter { $0.key != Self.student }, lineage: contents.lineage,
      probes: contents.probes, seed: contents.seed, run: contents.run)
    let controlReport = try await AnalysisOutput.report(control, calibration: calibration)
    if !json { try StandardOutput.say("control: \(controlReport.verdictLines[0])") }
  }
}

enum DemoError: Error {
  case noAnswer(String)
}
