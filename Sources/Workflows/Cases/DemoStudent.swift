import Cases
package import DemoModels
import Formats
import Probing

/// The demo's student: a model that is trained on the answers of an endpoint, and on nothing else.
package struct DemoStudent: Sendable {
  private let seed: UInt64
  /// Of the lessons, those that are the teacher's answers.
  private let share: Double

  package init(seed: UInt64, share: Double = 1) {
    self.seed = seed
    self.share = share
  }

  /// The student of one of the demo's authors, whose models are all here.
  package func trained(by teacher: Author, of models: [String: LanguageModel]) async throws -> LanguageModel {
    try await trained(by: teacher, else: teacher, of: models)
  }

  /// - Parameters:
  ///   - own: author of the lessons that are not the teacher's.
  ///   - models: what the endpoint serves, those of both authors among them.
  /// - Throws: `WorkflowError.lessonNotAnswered`.
  func trained(
    by teacher: Author, else own: Author, of models: [String: LanguageModel]
  ) async throws -> LanguageModel {
    LanguageModel.trained(on: try await lessons(of: teacher, else: own, models))
  }

  private func lessons(
    of teacher: Author, else own: Author, _ models: [String: LanguageModel]
  ) async throws -> [Exchange] {
    let (seed, share) = (seed, share)
    return try await withModelServer(models: models, seed: seed) { port in
      let transport = HTTPTransport(connections: 4)
      var lessons: [Exchange] = []
      for (number, question) in DemoWorld.trainingPrompts.enumerated() {
        let author = DemoWorld.isFromTeacher(number, share: share) ? teacher : own
        let endpoint = Endpoint(url: "http://127.0.0.1:\(port)/v1", model: author.name)
        let item = PlannedItem(
          order: number, model: ModelID(author.name), probe: PromptID("lesson-\(number)"), sample: 0,
          requestSeed: Int(truncatingIfNeeded: seed % 1_000_000) + number)
        let request = OpenAIChat().request(
          for: item, probe: Probe(id: item.probe, prompt: question), endpoint: endpoint,
          sampling: RehearseDemo.sampling, maxTokens: DemoCorpus.maxTokens)
        let reply = await transport.send(TransportRequest(request: request, credentials: nil, timeout: .seconds(20)))
        guard case .answer(_, let answer)? = reply.head.map({ OpenAIChat().read(status: $0.status, body: reply.body) })
        else {
          await transport.shutdown()
          throw WorkflowError.lessonNotAnswered(question)
        }
        lessons.append(Exchange(question: question, answer: answer.text))
      }
      await transport.shutdown()
      return lessons
    }
  }
}
