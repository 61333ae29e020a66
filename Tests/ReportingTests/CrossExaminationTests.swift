import Foundation
import Rendering
import Reporting
import TestSupport
import Testing

/// What an opposing expert asks has an answer in every report, be there a ratio or none.
@Suite("Questions of cross-examination")
struct CrossExaminationTests {
  enum Shape: CaseIterable {
    case ratio, capped, groups, noCalibration, unnamedPairs

    func report() async throws -> Report {
      switch self {
      case .ratio: return try await AnswerTests.found(candidates: 2, bounds: (-2, 2.5), slope: 0.3).report
      case .capped: return try await AnswerTests.found().report
      case .groups:
        return try await AnswerTests.found(
          candidates: 3, developers: ["teacher1": "Alder", "teacher2": "Alder", "teacher3": "Birch"], groups: true
        ).report
      case .noCalibration: return try await AnswerTests.found(calibrated: false).report
      case .unnamedPairs: return try await AnswerTests.found(known: false).report
      }
    }
  }

  /// Each question of the section with what stands below it.
  private static func answers(_ markdown: String) throws -> [(question: String, answer: String)] {
    let section = try #require(
      markdown.split(separator: #/\n## \d+\. Questions of cross-examination\n/#).last?
        .components(separatedBy: "\n## ").first)
    return section.components(separatedBy: "\n### ").dropFirst().map { part in
      let lines = part.split(separator: "\n").map(String.init)
      return (lines[0], lines.dropFirst().joined(separator: " "))
    }
  }

  @Test("ten questions, each with an answer: a figure of the case or that it is not known", arguments: Shape.allCases)
  func ten(shape: Shape) async throws {
    let found = try Self.answers(try await shape.report().markdown())
    #expect(found.count == 10)
    for (place, one) in found.enumerated() {
      #expect(one.question.hasPrefix("\(place + 1)\\. ") && one.question.hasSuffix("?"), "\(one.question)")
      #expect(one.answer.count > 20 && one.answer.hasSuffix("."), "\(one.question) \(one.answer)")
      // Nothing that was not filled in.
      #expect(!one.answer.contains("–") && !one.answer.contains("nil") && !one.answer.contains("  "), "\(one.answer)")
    }
    #expect(Set(found.map(\.answer)).count >= 8)
    #expect(HalfSaid.sentences(in: found.map(\.answer).joined(separator: "\n")) == [])
  }

  @Test("where there is no ratio the questions about it say so, and where there is one its number is the answer")
  func figures() async throws {
    let none = try Self.answers(try await Shape.noCalibration.report().markdown())
    #expect(none[0].answer.hasPrefix("Not known: no ratio is given"))
    #expect(none[1].answer.hasPrefix("Not known") && none[5].answer.hasPrefix("Not known"))
    let report = try await Shape.ratio.report()
    let highest = try #require(report.spokenAnswer.candidates.first?.sentence)
    let certain = try #require(try Self.answers(try report.markdown()).first?.answer)
    let number = try #require(certain.firstMatch(of: #/ is ([\d.]+)/#)?.1)
    #expect(highest.contains("\(number) "), "\(certain) \(highest)")
  }
}
