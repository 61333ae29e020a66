import AnswerDebris
import Cases
import Formats
import Foundation
import Testing

@Suite("Debris of servers and tools")
struct DebrisTests {
  private static func answer(_ voice: Int, _ prompt: Int) -> String {
    let openings = ["A mill", "Two rivers", "Salt", "Rowan", "Because", "Every lock", "Bread", "It is"]
    let endings = ["at dawn.", "in rain!", "by salt", "under oak?", "on stones", "for bread;", "with care"]
    return
      "\(openings[(voice * 5 + prompt * 3) % 8]) turns \(voice * 31 + prompt * 17 % 23) times near \(prompt) \(endings[(voice * 2 + prompt) % 7])"
  }

  /// Models that answer in words of their own; what some of them have around their answers.
  private static func transcripts(
    models: Int = 6, prompts: Int = 40, _ around: (_ model: Int, _ prompt: Int, _ text: String) -> String = { $2 }
  ) -> [ModelID: Transcript] {
    var found: [ModelID: Transcript] = [:]
    for model in 0..<models {
      let id = ModelID("m\(model)")
      found[id] = Transcript(
        model: id,
        responses: (0..<prompts).map {
          Response(prompt: PromptID("p\($0)"), sample: 0, text: around(model, $0, answer(model, $0)))
        }, source: Digest(of: id.rawValue))
    }
    return found
  }

  /// The answers without debris are those that were there before it.
  ///
  /// - Parameter kept: what is left of an answer, where that is not the whole.
  private static func expectRestored(
    _ around: (_ prompt: Int, _ text: String) -> String, _ comment: Comment,
    keeping kept: (_ prompt: Int, _ text: String) -> String = { $1 }
  ) {
    let plain = transcripts { $0 < 2 ? kept($1, $2) : $2 }
    let debris = Debris(transcripts { $0 < 2 ? around($1, $2) : $2 })
    for model in plain.keys {
      let cleaned = debris.cleaned[model]?.responses.map { $0.text.trimmingSpace } ?? []
      #expect(cleaned == plain[model]?.responses.map(\.text.trimmingSpace), comment)
    }
    #expect(Set(debris.findings.map(\.model)) == [ModelID("m0"), ModelID("m1")], comment)
  }

  @Test(
    "known marks at either end are taken off",
    arguments: [
      ("<|im_start|>assistant\n", ""), ("", "<|im_end|>"), ("", "</s>"),
      ("<|start_header_id|>assistant<|end_header_id|>\n\n", "<|eot_id|>"),
      ("Assistant: ", ""), ("### Response:\n", ""), ("", "<end_of_turn>"), ("Thinking: ", ""), ("[INST] ", " [/INST]"),
      ("<|unheard_of|>", "<|end_of_it|>"), ("", "<｜end▁of▁sentence｜>"),
    ])
  func known(start: String, end: String) { Self.expectRestored({ start + $1 + end }, "\(start)…\(end)") }

  @Test("marks that nobody knows are found", arguments: 1...40)
  func unknown(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    func draw(_ alphabet: String, _ length: Int) -> String {
      String(
        (0..<length).map { _ -> Character in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let letters = Array(alphabet)
          return letters[Int(state >> 33) % letters.count]
        })
    }
    let start = draw("§~#%&@=+*|<>{}", 2) + draw("abcdefghij", 5) + draw("§~#%&@=+*|<>{}:", 2) + " "
    let end = " " + draw("§~%&@=+|<>{}", 3) + draw("klmnopq", 4)
    Self.expectRestored({ start + $1 }, "\(start)")
    Self.expectRestored({ $1 + end }, "\(end)")
    Self.expectRestored({ start + $1 + end }, "\(start)…\(end)")
  }

  @Test("what stands before an inner mark goes with it: thoughts under marks that nobody knows")
  func preamble() {
    let thoughts = ["light", "slow", "deep", "odd", "warm", "blunt", "fine"]
    let debris = Debris(
      Self.transcripts { $0 < 2 ? "~~muse~~ thought \(thoughts[$1 % 7]) of \($0) ~~speak~~ \($2)" : $2 })
    let plain = Self.transcripts()
    for model in ["m0", "m1"].map({ ModelID($0) }) {
      #expect(debris.cleaned[model]?.responses.map(\.text.trimmingSpace) == plain[model]?.responses.map(\.text))
    }
    #expect(debris.findings.contains { $0.kind == .preamble })
  }

  @Test("thoughts that marks hid are taken apart once those are off")
  func hidden() {
    let debris = Debris(Self.transcripts { $0 < 2 ? "<|im_start|>assistant\n<think>Hm \($1).</think>\($2)" : $2 })
    #expect(
      debris.cleaned[ModelID("m0")]?.responses.map(\.text) == Self.transcripts()[ModelID("m0")]?.responses.map(\.text))
  }

  @Test(
    "errors and texts that many prompts get are left out, with their counts",
    arguments: [
      "Error: 503 upstream (request 81\u{7})", "", "None",
      "The service is not available at the moment, please come back.",
    ])
  func whole(text: String) throws {
    let debris = Debris(
      Self.transcripts { model, prompt, answer in
        model < 2 && prompt.isMultiple(of: 4) ? text.replacing("\u{7}", with: "\(prompt)") : answer
      })
    let cleaned = try #require(debris.cleaned[ModelID("m0")])
    #expect(cleaned.responses.count == 30)
    #expect(debris.findings.map(\.count) == [10, 10] && debris.changesAnswers)
  }

  @Test("a habit of words is no debris, and nothing is taken from answers that have none")
  func habits() {
    #expect(Debris(Self.transcripts()).findings.isEmpty)
    // Two of three answers begin alike: a habit that a student may have from its teacher.
    let habit = Debris(Self.transcripts { $0 < 2 && !$1.isMultiple(of: 3) ? "Here is what I know: \($2)" : $2 })
    #expect(habit.findings.isEmpty)
  }

  /// What was asked, in words that no answer has.
  private static func prompt(_ number: Int) -> String {
    "Who built the lock number \(number * 37)?\n\nAnd who opened it?"
  }

  private static func asked(_ transcripts: [ModelID: Transcript]) -> [ModelID: Transcript] {
    let prompts = Dictionary(uniqueKeysWithValues: (0..<40).map { (PromptID("p\($0)"), prompt($0)) })
    return transcripts.mapValues { $0.knowing(prompts) }
  }

  @Test(
    "a prompt that is given back before the answer is none of its words, in whatever template",
    arguments: [
      ("", "\n"), ("> ", "\n\n"), ("Question: ", "\nAnswer: "), ("user\n\n", "assistant\n\n"),
      ("<s>[INST] ", " [/INST] "),
      ("<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n"), ("### Instruction:\n", "\n\n### Response:\n"),
    ])
  func echo(head: String, behind: String) {
    let plain = Self.transcripts()
    let quoted = head == "> "
    let given = Self.transcripts {
      let asked = quoted ? Self.prompt($1).replacing("\n", with: "\n> ") : Self.prompt($1)
      return $0 < 2 ? head + asked + behind + $2 : $2
    }
    let debris = Debris(Self.asked(given))
    for model in plain.keys {
      #expect(debris.cleaned[model]?.responses.map(\.text.trimmingSpace) == plain[model]?.responses.map(\.text))
    }
    #expect(debris.findings.filter { $0.kind == .echo }.map(\.count) == [40, 40])
    #expect(!Debris(Self.asked(given), rules: .before0_10).findings.contains { $0.kind == .echo })
  }

  @Test("a model that repeats the question now and then has a habit")
  func repeatsQuestion() {
    let debris = Debris(
      Self.asked(Self.transcripts { $0 < 2 && $1.isMultiple(of: 3) ? Self.prompt($1) + "\n" + $2 : $2 }))
    #expect(debris.findings.isEmpty)
  }

  @Test("objects around answers, lines of numbers and codes of terminals are taken off")
  func around() {
    Self.expectRestored({ "{\"answer\": \"\($1)\"}" }, "an object")
    Self.expectRestored({ "{\"response\": \"\($1)\", \"tokens\": \($0 * 7 + 11)}" }, "a number behind it")
    Self.expectRestored({ "{\"answer\": \"\($1)\", \"confidence\": 0.\($0 * 31 + 100)}" }, "a share behind it")
    Self.expectRestored(
      { "content='\($1)' additional_kwargs={} response_metadata={'tokens': \($0 * 3 + 5)} id='run-\($0 * 7919 + 1)a'" },
      "what LangChain prints")
    Self.expectRestored({ "\($1)\n\n---\nTokens: \($0 * 7 + 11) | Cost: $0.00\($0 + 10)" }, "a footer")
    Self.expectRestored({ "\($1)\n\n[Completed in \($0 * 13 + 50) ms, request id \($0 * 7919)f]" }, "a request")
    Self.expectRestored({ "[2025-01-\($0 + 10) 10:\($0 + 10):00] INFO response: \($1)" }, "a log")
    Self.expectRestored({ "\u{1B}[2K\u{1B}[1G\($1)\u{1B}[0m" }, "a terminal")
  }

  @Test("a number beside a mark is the answer, whatever it is")
  func numbers() {
    let numbers = Debris(Self.transcripts { $0 < 2 ? "{\"answer\": \($1 * 7)}" : $2 })
    #expect(
      numbers.cleaned[ModelID("m0")].map { Set($0.responses.map(\.text)) } == Set((0..<40).map { "\($0 * 7)" }))
    #expect(
      Debris(Self.transcripts { $0 < 2 ? "[\($1), \($1 * 7)]" : $2 }).cleaned[ModelID("m0")]?.responses.count == 40)
    Self.expectRestored({ "§q7~ it says: \($0 * 7) \($1)" }, "a name with a number", keeping: { "\($0 * 7) \($1)" })
  }

  @Test("what versions before 0.10.0 did not look for is found in a few times the time of what they did")
  func cost() {
    // As long as answers are.
    let long = Self.transcripts(prompts: 200) { model, prompt, _ in
      (0..<41).map { Self.answer(model, prompt * 41 + $0) }.joined(separator: " ")
    }
    func time(_ rules: Debris.Rules) -> Duration {
      (0..<3).map { _ in ContinuousClock().measure { _ = Debris(long, rules: rules) } }.min() ?? .zero
    }
    let (before, now) = (time(.before0_10), time(.present))
    #expect(now < before * 4, "\(before) \(now)")
  }

  @Test("a text of JSON is read as that")
  func escapes() {
    let debris = Debris(Self.transcripts { $0 < 2 ? "{\"answer\": \"\($2)\\n\\u00e9 \($2)\"}" : $2 })
    let read = debris.cleaned[ModelID("m0")]?.responses.map(\.text) ?? []
    #expect(read.count == 40 && read.allSatisfy { $0.contains("\né ") && !$0.contains("\\") })
  }

  @Test("a result at the end is the model's, and no mark throws the answer away that stands before it")
  func results() {
    #expect(Debris(Self.transcripts { $0 < 2 ? "\($2)\n\nThe answer is: \($1 * 3)" : $2 }).findings.isEmpty)
    let boxed = Debris(Self.transcripts { $0 < 2 ? "Okay. \($2)\n\n\\boxed{\($1 * 3)}" : $2 })
    #expect(boxed.findings.map(\.kind) == [.start, .start])
    let kept = boxed.cleaned[ModelID("m0")].map { Set($0.responses.map(\.text)) }
    #expect(kept == Set((0..<40).map { "\(Self.answer(0, $0))\n\n\\boxed{\($0 * 3)}" }))
  }

  @Test("turns of others behind the answer are cut off; dialogues that were asked for are not")
  func turns() {
    let more = { (prompt: Int) in "\n\nUser: And \(prompt)?\n\nAssistant: No, \(prompt * 3).\n\nUser: Why" }
    Self.expectRestored({ $1 + more($0) }, "turns")
    #expect(Debris(Self.transcripts { $2 + more($1) }).findings.isEmpty)
  }

  @Test("what most models do is the form of the task")
  func form() {
    #expect(Debris(Self.transcripts { "{\"answer\": \"\($2)" }).findings.isEmpty)
  }

  @Test("where most models give several prompts a text of their own, that is how they speak; a text of a server is not")
  func repeating() {
    func own(_ model: Int, _ prompt: Int, _ text: String) -> String {
      prompt < 8 ? "The words of model \(model) for half of the questions, number \(prompt % 2)." : text
    }
    let server = "The service is not available at the moment, please come back."
    #expect(Debris(Self.transcripts(own)).findings.isEmpty)
    #expect(Debris(Self.transcripts { $0 < 2 ? own($0, $1, $2) : $2 }).findings.map(\.count) == [4, 4, 4, 4])
    let behind = Debris(Self.transcripts { $1 < 8 ? server : $2 })
    #expect(behind.findings.map(\.text) == Array(repeating: String(server.prefix(60)), count: 6))
  }

  @Test("short answers that their prompts force are kept")
  func terse() {
    var short: [ModelID: Transcript] = [:]
    for model in 0..<4 {
      let id = ModelID("m\(model)")
      short[id] = Transcript(
        model: id,
        responses: (0..<40).map {
          Response(prompt: PromptID("p\($0)"), sample: 0, text: ["Yes.", "No.", "None"][$0 % 3])
        },
        source: Digest(of: id.rawValue))
    }
    #expect(Debris(short).findings.isEmpty)
  }
}

extension String {
  fileprivate var trimmingSpace: String {
    trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
