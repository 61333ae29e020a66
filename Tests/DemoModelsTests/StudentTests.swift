import DemoModels
import Foundation
import Testing

struct StudentTests {
  static let models = [
    "teacher": DemoWorld.train(DemoWorld.teacher), "independent": DemoWorld.train(DemoWorld.independent),
  ]

  /// The student sees nothing but what the teacher's endpoint answered.
  @Test(
    "a student trained over HTTP writes like its teacher, whichever that is", arguments: ["teacher", "independent"])
  func studentsResembleTheirTeachers(teacher: String) async throws {
    let learned = try await withModelServer(models: Self.models, seed: 20) { port in
      try await answers(of: teacher, to: DemoWorld.trainingPrompts, LoopbackClient(port: port))
    }
    let exchanges = zip(DemoWorld.trainingPrompts, learned).map { Exchange(question: $0, answer: $1) }
    let student = LanguageModel.trained(on: exchanges)
    let all = Self.models.merging(["student": student]) { $1 }
    let texts = try await withModelServer(models: all, seed: 21) { port in
      let client = LoopbackClient(port: port)
      var texts: [String: [String]] = [:]
      for model in all.keys { texts[model] = try await answers(of: model, to: DemoWorld.probePrompts, client) }
      return texts
    }
    let stranger = teacher == "teacher" ? "independent" : "teacher"
    let near = sharedTrigrams(texts["student"] ?? [], texts[teacher] ?? [])
    let far = sharedTrigrams(texts["student"] ?? [], texts[stranger] ?? [])
    #expect(near > 0.03)
    #expect(near > 2 * far)  // both have read a part of the almanac
  }

  private func answers(of model: String, to prompts: [String], _ client: LoopbackClient) async throws -> [String] {
    var answers: [String] = []
    for prompt in prompts {
      let choice = try #require(try await client.chat(prompt, model: model, ["max_tokens": 120]).choices.first)
      answers.append(try #require(LoopbackClient.content(of: choice)))
    }
    return answers
  }

  /// Jaccard similarity of the word trigrams of two answers to one prompt, averaged over prompts.
  private func sharedTrigrams(_ first: [String], _ second: [String]) -> Double {
    let shares = zip(first, second).map { first, second in
      let one = Set(wordRuns(of: first, length: 3))
      let other = Set(wordRuns(of: second, length: 3))
      return Double(one.intersection(other).count) / Double(max(1, one.union(other).count))
    }
    return shares.reduce(0, +) / Double(max(1, shares.count))
  }
}
