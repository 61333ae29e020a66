import AnswerDebris
import Cases
import Foundation
import Similarity
import Testing

/// What a model says must not decide what measuring it costs: models loop, up to a million characters, and one could do so on
/// purpose.
@Suite("Cost by the length of answers", .serialized)
struct AnswerLengthTests {
  /// Texts of about `size` characters that are hard for a search for common parts, each as two models would write it.
  static let kinds: [(name: String, text: @Sendable (Int, Int) -> String)] = [
    ("one word", { size, _ in String(repeating: "so ", count: size / 3) }),
    ("a loop", { size, _ in String(repeating: "so it goes on ", count: size / 14) }),
    ("a loop of characters", { size, _ in String(repeating: "あい", count: size / 2) }),
    // Runs of one word that end otherwise in each of the answers.
    (
      "blocks",
      { size, model in
        let block = Int(Double(size).squareRoot())
        return String(
          repeating: String(repeating: "a ", count: block / 2) + "end\(model) ", count: size / (block + 5))
      }
    ),
    (
      "one long block, cut at many places",
      { size, model in
        String(repeating: "a ", count: size / 4) + "b\(model) " + String(repeating: "a ", count: size / 4)
      }
    ),
    (
      "Fibonacci's word",
      { size, model in
        var (last, word) = ("b ", "a ")
        while word.utf8.count < size { (last, word) = (word, word + last) }
        return String(word.prefix(size)) + "m\(model)"
      }
    ),
    (
      "random words",
      { size, model in
        var state = UInt64(model + 1)
        return (0..<size / 4).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return "w\(state >> 57)"
        }.joined(separator: " ")
      }
    ),
    ("full stops", { size, model in String(repeating: ".", count: size) + "m\(model)" }),
    ("full stops of Japanese", { size, model in String(repeating: "。", count: size) + "m\(model)" }),
    ("zeros", { size, model in String(repeating: "0", count: size) + "1\(model)" }),
    ("brackets", { size, model in String(repeating: "(", count: size) + "m\(model)" }),
  ]

  /// Of three models, two of which loop, as every reader of texts gets them.
  private static func table(_ text: (Int, Int) -> String, _ size: Int) -> AnswerTable {
    ChannelTests.table(
      (0..<3).map { model in
        ChannelTests.transcript(
          "m\(model)", ["p1": [model < 2 ? text(size, model) : "Something else, which is short."], "p2": ["Yes."]])
      })
  }

  private static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    try await body()
    return now() - start
  }

  /// Eight times the length takes at most this much of the time; the square of it would take 64 times.
  static let times = 8
  static let most = 24.0

  private static func expectLinear(_ what: String, size: Int, _ body: (Int) async throws -> Void) async rethrows {
    var ratio = Double.infinity
    // The best of three: what else runs on the machine only adds.
    for _ in 0..<3 where ratio > most {
      let short = try await seconds { try await body(size) }
      let long = try await seconds { try await body(size * times) }
      // A thousandth of a second is what measuring costs.
      ratio = min(ratio, long / max(short, 1e-3))
    }
    #expect(ratio <= most, "\(what): \(times) times the length takes \(ratio) times as long")
  }

  @Test("each channel's time grows with the length of the answers, whatever they say", arguments: kinds.indices)
  func channels(kind: Int) async throws {
    let (name, text) = Self.kinds[kind]
    let channels = ChannelCatalogue.text + ChannelCatalogue.reasoning
    let tables = [1_500, 1_500 * Self.times].map { Self.table(text, $0) }
    for channel in channels {
      try await Self.expectLinear("\(channel.name), \(name)", size: 1_500) { size in
        _ = try await ChannelRun.measure(tables[size == 1_500 ? 0 : 1], channels: [channel])
      }
    }
  }

  @Test("so does the time of all that is told of a pair", arguments: kinds.indices)
  func findings(kind: Int) async {
    let (name, text) = Self.kinds[kind]
    let models = ["m0", "m1", "m2"].map { ModelID($0) }
    await Self.expectLinear("shared runs, \(name)", size: 3_000) { size in
      _ = await SharedRuns(Self.table(text, size), models[0], models[1], limit: 10)
    }
    await Self.expectLinear("marked answers, \(name)", size: 3_000) { size in
      _ = MarkedAnswers(text(size, 0), text(size, 1), limit: 900)
    }
    await Self.expectLinear("phrases, \(name)", size: 3_000) { size in
      _ = await SharedPhrases(Self.table(text, size), models[0], models[1], cohort: [models[2]], limit: 10)
    }
    await Self.expectLinear("claims, \(name)", size: 3_000) { size in _ = IdentityClaims([text(size, 0)]) }
    await Self.expectLinear("debris, identical answers, one model, \(name)", size: 3_000) { size in
      let transcripts = Dictionary(
        uniqueKeysWithValues: (0..<2).map { model in
          (
            models[model],
            ChannelTests.transcript(
              "m\(model)", Dictionary(uniqueKeysWithValues: (0..<3).map { ("p\($0)", [text(size, model)]) }))
          )
        })
      _ = Debris(transcripts)
      _ = IdenticalAnswers(transcripts)
      _ = StringKernel.spectrum.gram(of: [text(size, 0), text(size, 1)])
    }
  }

  @Test("runs of answers that loop are the longest ones, and marks cover what both say")
  func loops() {
    let shared = SharedTokens(seed: 3)
    let a = Tokens(String(repeating: "so it goes ", count: 400) + "x").hashes
    let b = Tokens("y " + String(repeating: "so it goes ", count: 300)).hashes
    let runs = shared.runs(a, b)
    #expect(runs.first == SharedTokens.Run(startInFirst: 0, startInSecond: 1, length: 900))
    let marked = MarkedAnswers(
      String(repeating: "so it goes ", count: 400) + "x", "y " + String(repeating: "so it goes ", count: 300),
      limit: 900)
    #expect(marked.first.shared == 1_200 && marked.first.units == 1_201)
    #expect(marked.second.shared == 900 && marked.second.units == 901)
  }
}
