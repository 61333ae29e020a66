import Cases
import Formats
import Monitoring
import Testing

@Suite("What of an answer is compared, and its dress")
struct AnswerReadingTests {
  @Test(
    "answers that are the same, and answers that are not",
    arguments: [
      (AnswerReading.words, "**Oslo**.", "oslo", "Bergen"), (.exact, "Oslo", "Oslo", "Oslo."),
      (.number, "17 + 26 = **43**.", "43.0", "44"), (.number, "It is 1,234.50 kg", "1234.5", "1234.05"),
      (.number, "-3", "minus: -3.0", "3"), (.number, "None at all.", "none at all", "0"),
      (.json, "```json\n{\"b\": 1, \"a\": [2]}\n```", "{\"a\":[2],\"b\":1}", "{\"a\":[2],\"b\":2}"),
    ])
  func keys(reading: AnswerReading, one: String, same: String, other: String) {
    #expect(reading.key(one) == reading.key(same))
    #expect(reading.key(one) != reading.key(other))
  }

  private static func dress(_ texts: [String], _ outcome: Attempt.Outcome = .ok) -> AnswerDress {
    AnswerDress(
      texts.enumerated().map {
        RecordedAnswer(
          response: Response(prompt: PromptID("p"), sample: $0.offset, text: $0.element), outcome: outcome)
      })
  }

  @Test("dress is counted, kept and read again")
  func counts() throws {
    let dress = Self.dress(["**Oslo**.", "oslo", "OSLO", "```\nOslo\n```", "Oslo.  "])
    #expect(dress.counts == [.stop: 2, .bold: 1, .fence: 1, .lowerCase: 1, .upperCase: 1])
    #expect(dress.lengths.values.reduce(0, +) == 5)
    #expect(Self.dress(["a"], .truncated).counts[.cut] == 1)
    #expect(AnswerDress(json: dress.json) == dress)
    #expect(dress.adding(dress).counts[.stop] == 4)
    #expect(AnswerDress(json: .object(["answers": .integer(2)])) == nil)
  }

  /// 24 answers to each of 20 probes then, 4 now.
  private static func findings(now: [String], then: [String]) -> [FormComparison.Finding] {
    func records(_ texts: [String]) -> [PromptID: ProbeRecord] {
      Dictionary(
        uniqueKeysWithValues: (0..<20).map { number in
          (
            PromptID("p\(number)"),
            ProbeRecord(stratum: .peaked, samples: texts.count, answers: ["a": texts.count], dress: Self.dress(texts))
          )
        })
    }
    return FormComparison.findings(records(now), baseline: records(then), level: 0.001)
  }

  @Test("another dress of the same words is seen, the same dress is not")
  func comparison() {
    let then = Array(repeating: "Oslo", count: 23) + ["Oslo."]
    let same = Self.findings(now: ["Oslo", "Oslo", "Oslo", "Oslo"], then: then)
    #expect(same.allSatisfy { !$0.stands } && same.contains { $0.aspect == .feature(.stop) })
    let bold = Self.findings(now: ["**Oslo**", "**Oslo**", "Oslo", "Oslo"], then: then).filter(\.stands)
    #expect(Set(bold.map(\.aspect.name)) == ["bold", "length"], "\(bold)")
    #expect(bold.first?.now.count == 40 && bold.first?.now.of == 80 && bold.first?.then.of == 480)
    // A baseline of an older version has counted none.
    let old = [PromptID("p"): ProbeRecord(stratum: .peaked, samples: 2, answers: ["a": 2])]
    #expect(FormComparison.findings(old, baseline: old, level: 1).isEmpty)
  }
}
