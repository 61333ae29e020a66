import DemoModels
import Foundation
import Testing

struct DemoWorldTests {
  @Test("nine authors each answer all questions, in 30 to 70 words")
  func authorsAnswerEverything() {
    #expect(DemoWorld.authors.count == 9)
    #expect(Set(DemoWorld.authors.map(\.name)).count == 9)
    #expect(DemoWorld.questions.count == 40)
    for author in DemoWorld.authors {
      #expect(author.answers.count == DemoWorld.questions.count)
      for answer in author.answers { #expect((30...70).contains(answer.split { $0.isWhitespace }.count), "\(answer)") }
    }
  }

  @Test("no question is in two lists")
  func promptsAreHeldOut() {
    #expect(DemoWorld.trainingPrompts.count == 160)
    #expect(DemoWorld.probePrompts.count == 80)
    let all = DemoWorld.questions + DemoWorld.trainingPrompts + DemoWorld.probePrompts
    #expect(Set(all.map { $0.lowercased() }).count == all.count)
  }

  @Test("no two authors share a run of six words")
  func authorsAreIndependent() {
    let runs = DemoWorld.authors.map { author in Set(author.answers.flatMap { wordRuns(of: $0, length: 6) }) }
    for first in runs.indices {
      for second in runs.indices where second > first {
        #expect(runs[first].isDisjoint(with: runs[second]), "\(runs[first].intersection(runs[second]))")
      }
    }
  }

  @Test("a list item begins a line, a wrapped line does not")
  func paragraphsAreUnwrapped() {
    let author = Author(name: "a", text: "One\ntwo:\n- three\nfour\n- five\n\nSix")
    #expect(author.answers == ["One two:\n- three four\n- five", "Six"])
  }
}

func wordRuns(of text: String, length: Int) -> [String] {
  let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
  guard words.count >= length else { return [] }
  return (0...(words.count - length)).map { words[$0..<($0 + length)].joined(separator: " ") }
}

@Suite("Almanac")
struct AlmanacTests {
  @Test("two authors share half of what they read in it, and none of their own text")
  func halves() {
    let models = DemoWorld.authors.map { DemoWorld.train($0) }
    #expect(Set(models.map(\.fingerprint)).count == DemoWorld.authors.count)
    let own = LanguageModel.trained(
      on: zip(DemoWorld.questions, DemoWorld.teacher.answers).map { Exchange(question: $0, answer: $1) })
    #expect(models[0].vocabulary.count > own.vocabulary.count)
  }
}
