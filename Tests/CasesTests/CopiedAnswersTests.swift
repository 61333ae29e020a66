import Cases
import Formats
import Testing

@Suite("Copied answers")
struct CopiedAnswersTests {
  private static func seen(_ answers: [(probe: String, text: String, id: String?, sign: String?)]) -> CopiedAnswers {
    var counts: [String: Int] = [:]
    return CopiedAnswers(
      answers.map { answer in
        defer { counts[answer.probe, default: 0] += 1 }
        return CopiedAnswers.Seen(
          .init(model: ModelID("m"), probe: PromptID(answer.probe), sample: counts[answer.probe, default: 0]),
          Answer(text: answer.text, responseID: answer.id), cacheSign: answer.sign)
      })
  }

  @Test("a second answer under the name of the first, or with a cache's word for it, is a copy")
  func copies() {
    let found = Self.seen([
      ("p", "Two.", "r1", nil), ("p", "Two.", "r1", nil), ("p", "Two.", "r2", nil), ("q", "Six.", "r3", nil),
      ("q", "Six.", "r4", "x-cache: hit"), ("q", "Nine.", "r5", "age: 3"),
    ])
    #expect(found.copies.map { "\($0.probe)\($0.sample)" }.sorted() == ["p1", "q1"])
    #expect(found.fromCache.count == 2 && found.count(of: ModelID("m")) == 2)
  }

  @Test("a server that gives all responses one name, or none, shows no copies by it")
  func oneName() {
    #expect(Self.seen([("p", "Two.", "c", nil), ("p", "Two.", "c", nil), ("q", "Six.", "c", nil)]).copies.isEmpty)
    #expect(Self.seen([("p", "Two.", nil, nil), ("p", "Two.", nil, nil)]).copies.isEmpty)
  }

  @Test(
    "caches say that they answered in many words",
    arguments: [
      ("X-Cache", "HIT", true), ("x-cache", "Hit from cloudfront", true), ("x-cache", "MISS", false),
      ("age", "12", true),
      ("Age", "0", false), ("cf-aig-cache-status", "HIT", true), ("helicone-cache", "MISS", false),
      ("x-cache-hits", "2", true),
      ("x-cache-hits", "0", false), ("x-litellm-cache-hit", "true", true), ("cache-control", "max-age=3", false),
      ("x-prompt-cache-hit", "true", false),
      // The nearest of two caches had it.
      ("x-cache", "MISS, HIT", true), ("x-cache", "Error from cloudfront", false), ("x-cache", "hit-for-pass", false),
      ("Cache-Status", "EdgeCache; hit; ttl=30", true), ("cache-status", "Edge; fwd=stale; stored", false),
      ("cf-cache-status", "STALE", true), ("cf-cache-status", "DYNAMIC", false),
      ("x-openrouter-cache-status", "HIT", true), ("X-Cache-Lookup", "HIT from proxy:3128", true),
      ("x-cached", "1", true), ("x-from-cache", "0", false), ("x-prefix-cache-hit-rate", "0.9", false),
      ("x-litellm-cache-key", "hit", false),
    ])
  func signs(name: String, value: String, isHit: Bool) {
    #expect((CacheSign.found(in: [Attempt.Header(name: name, value: value)]) != nil) == isHit)
  }

  @Test(
    "evidence of versions before 0.8.0 is read with the words of caches that they knew",
    arguments: [
      ("X-Cache", "HIT", true), ("x-cache", "MISS, HIT", false), ("x-cache", "hit-for-pass", true),
      ("cf-cache-status", "STALE", false), ("x-from-cache", "1", false), ("x-from-cache", "true", true),
      ("age", "12", true), ("age", "0", false), ("x-cache-hits", "2", true), ("x-cache-hits", "0", false),
      ("x-prompt-cache-hit", "true", false), ("cache-control", "max-age=3", false),
    ])
  func before0_8(name: String, value: String, isHit: Bool) {
    #expect((CacheSign.found(in: [Attempt.Header(name: name, value: value)], .before0_8) != nil) == isHit)
    let stored = JSONValue.array([.array([.string(name), .string(value)])])
    #expect((CacheSign.found(inStored: stored, .before0_8) != nil) == isHit)
    for reading in [StoredReading.before0_8, .present] {
      var answers = CountedAnswers(reading: reading)
      for sample in 0..<2 {
        answers.add(
          model: ModelID("m"), probe: PromptID("p"), sample: sample, Answer(text: "Two."),
          storedHeaders: sample == 0 ? nil : stored)
      }
      #expect(answers.copies.copies.isEmpty == (CacheSign.found(inStored: stored, reading) == nil))
    }
  }

  @Test("copies and what is no text are no samples, and are counted")
  func counted() {
    var answers = CountedAnswers()
    let model = ModelID("m")
    for (sample, answer) in [
      Answer(text: "Two.", responseID: "a"), Answer(text: "Two.", responseID: "a"),
      Answer(text: "", others: ["tool_call"]),
      Answer(text: "", responseID: "b"),
    ].enumerated() {
      answers.add(model: model, probe: PromptID("p"), sample: sample, answer, storedHeaders: nil)
    }
    let transcript = answers.transcripts(of: [model], without: answers.copies)[model]
    #expect(transcript?.responses.map(\.sample) == [0, 3])
    #expect(answers.withoutText(of: model) == ["tool_call": 1])
  }
}
