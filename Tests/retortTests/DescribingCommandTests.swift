import Formats
import Foundation
import TestSupport
import Testing

/// Commands that describe and do not weigh speak as the first page of a report does.
@Suite("What commands say that give no ratio")
struct DescribingCommandTests {
  /// Suspect, teacher and others in one folder, each prompt answered once.
  private static func said(_ arguments: [String]) throws -> String {
    let outcome = try CommandTests.retort(arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(HalfSaid.sentences(in: outcome.output) == [], "\(arguments)")
    return outcome.output
  }

  @Test("scores, trees and channels say that they describe, and where a link is weighed against no link")
  func describing() throws {
    let folder = "\(try TreeCommandTests.transcripts())/cohort"
    let pair = ["--suspect", "suspect", "--candidate", "teacher"]
    let explained = try Self.said(["explain", folder] + pair)
    #expect(
      explained.contains(
        "if suspect was trained on answers of teacher as if there is no link between the two"), "\(explained)")
    let channels = try Self.said(["channels", folder, "--suspect", "suspect"])
    #expect(channels.contains("they do not weigh"))
    #expect(!channels.contains(" – ") && !channels.contains("–\n"), "what does not exist is named: \(channels)")
    let out = try CommandTests.folder()
    let tree = try Self.said(["tree", folder, "-o", "\(out)/tree", "--replicates", "5"])
    #expect(tree.contains("does not by itself indicate a link rather than no link"))
  }

  @Test("a test of equality names both: one model under two names, two models")
  func equality() throws {
    let folder = try CommandTests.folder()
    let words = ["red", "blue", "green", "black", "white"]
    for (place, name) in ["a", "copy", "other", "c1", "c2"].enumerated() {
      let voice = place < 2 ? 0 : place
      let lines = (0..<25).flatMap { prompt in
        (0..<4).map { sample in
          let word = words[(voice + (prompt * 3 + sample * 7 + place * 11) % 3) % 5]
          return #"{"prompt_id":"p\#(prompt)","sample":\#(sample),"text":"\#(word)"}"# + "\n"
        }
      }
      try FileBytes.write(lines.joined().utf8, to: "\(folder)/\(name).jsonl")
    }
    for (candidate, mark, words) in [
      ("copy", "= ", "does not speak against one model under two names rather than two models"),
      ("other", "○ ", "that they are one model under two names rather than two models is spoken against"),
    ] {
      let text = try Self.said(["same", folder, "--suspect", "a", "--candidate", candidate, "--permutations", "199"])
      #expect(text.hasPrefix(mark) && text.contains(words), "\(text)")
    }
  }

  @Test("a study names what it does not evaluate, and both propositions of each ratio")
  func study() throws {
    let folder = try StudyCommandTests.corpus(study: StudyCommandTests.study)
    let outcome = try StudyCommandTests.run(folder)
    #expect(outcome.status == 0 && HalfSaid.sentences(in: outcome.output) == [], "\(outcome.errors)")
    let rows = outcome.output.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains(" 0 of ") }
    #expect(!rows.isEmpty && rows.allSatisfy { $0.contains("not evaluated") }, "\(rows)")
  }
}
