import Cases
import Formats
import TestSupport
import Testing

@Suite("Probe templates")
struct ProbeTemplateTests {
  private static let text = #"""
    {"id": "village", "category": "creative", "language": "en", "temperature": 1, "reads": ["openings"],
     "prompt": "Invent {who} of {where}; {who} sells {{bread}}.", "system": "In {where}.",
     "slots": {"who": ["a baker", "a clerk", "a bell"], "where": ["Oss", "Ulm", "Ghent", "Bath"]}}
    """#

  private func template(_ text: String = ProbeTemplateTests.text) throws -> ProbeTemplate {
    try #require(try ProbeTemplate.parse(Array(text.utf8), file: "t.json").first)
  }

  @Test("variants differ, carry the seed in their names, and keep the fields of a probe")
  func expand() throws {
    let probes = try template().expand(seed: 42, count: 12, file: "t.json")
    #expect(Set(probes.map(\.prompt)).count == 12, "all there are, each once")
    #expect(probes[0].id.rawValue == "village-s42-01" && probes[11].id.rawValue == "village-s42-12")
    for probe in probes {
      #expect(probe.category == "creative" && probe.language == "en" && probe.temperature == 1)
      #expect(probe.reads == ["openings"] && probe.prompt.hasSuffix("sells {bread}."))
      let place = try #require(probe.system?.dropFirst(3).dropLast())
      #expect(probe.prompt.contains(" of \(place);"), "a slot has one value in a variant")
    }
    let written = try ProbeSet.parse(Array(probes.map(\.canonicalLine).joined().utf8), file: "x")
    #expect(written.probes == probes)
  }

  @Test("a seed draws the same everywhere; another seed draws others; all variants are drawn about equally often")
  func seeds() throws {
    let template = try template()
    func draw(_ seed: UInt64) throws -> [String] {
      try template.expand(seed: seed, count: 3, file: "t.json").map { "\($0.system ?? "")\($0.prompt)" }
    }
    #expect(try draw(1) == draw(1))
    var counts: [String: Int] = [:]
    for seed in 0..<1_200 { for text in try draw(UInt64(seed)) { counts[text, default: 0] += 1 } }
    // 3 of 12 in each of 1,200 draws: 300 each, with a standard deviation of 15.
    #expect(counts.count == 12 && counts.values.allSatisfy { (225...375).contains($0) }, "\(counts)")
  }

  /// Floyd's algorithm over SHA-256, written again in Python.
  @Test(
    "the draw is the one that its description says",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() throws {
    let script = """
      import hashlib
      who = ["a baker", "a clerk", "a bell"]; where = ["Oss", "Ulm", "Ghent", "Bath"]
      n = 0
      def below(bound):
          global n
          while True:
              v = int.from_bytes(hashlib.sha256(f"retort.template/1 7 {n} village".encode()).digest()[:8], "big")
              n += 1
              if v < (2**64 - 1) - (2**64 - 1) % bound: return v % bound
      chosen = set()
      for last in range(12 - 5, 12):
          d = below(last + 1)
          chosen.add(last if d in chosen else d)
      for v in sorted(chosen):
          print(f"Invent {who[v // 4]} of {where[v % 4]}; {who[v // 4]} sells {{bread}}.")
      """
    let expected = String(decoding: try IndependentPython.run(script), as: UTF8.self).split(separator: "\n")
    #expect(try template().expand(seed: 7, count: 5, file: "t").map(\.prompt) == expected.map(String.init))
  }

  @Test(
    "mistakes in a template are named",
    arguments: [
      ("[", TemplateDefect.notJSON), ("5", .notJSON), (#"{"prompt":"x"}"#, .missing(field: "id")),
      (#"{"id":"a","prompt":"{x}"}"#, .missing(field: "slots")),
      (#"{"id":"a","prompt":"{x}","slots":{"y":["1"]}}"#, .unknownSlot("x")),
      (#"{"id":"a","prompt":"x","slots":{"y":["1"]}}"#, .unusedSlot("y")),
      (#"{"id":"a","prompt":"{y","slots":{"y":["1"]}}"#, .loneBrace),
      (#"{"id":"a","prompt":"{y} }","slots":{"y":["1"]}}"#, .loneBrace),
      (#"{"id":"a","prompt":"{y}","slots":{"y":["1","1"]}}"#, .repeatedValue("y", "1")),
      (
        #"{"id":"a","prompt":"{y}","slots":{"y":[]}}"#, .wrongType(field: "slots.y", expected: "a list of texts")
      ),
      (#"{"id":"a","prompt":"{y}","slot":{"y":["1"]}}"#, .unknownKey("slot", nearest: "slots")),
    ])
  func defects(text: String, defect: TemplateDefect) {
    #expect(throws: CasesError.template(file: "t.json", defect)) { try template(text) }
  }

  @Test("more variants than there are, and variants that read alike, are errors")
  func tooFew() throws {
    #expect(
      throws: CasesError.template(
        file: "t", .tooFewVariants(template: "village", available: 12, wanted: 13))
    ) { try template().expand(seed: 1, count: 13, file: "t") }
    let alike = try template(#"{"id":"a","prompt":"{x}{y}","slots":{"x":["1","11"],"y":["1","11"]}}"#)
    #expect(throws: CasesError.template(file: "t", .variantsAlike(template: "a", "111"))) {
      try alike.expand(seed: 1, count: 4, file: "t")
    }
  }

  @Test("random bytes never crash the reader")
  func randomBytes() throws {
    var state: UInt64 = 3
    for _ in 0..<500 {
      var bytes = Array(Self.text.utf8)
      for _ in 0..<4 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
      }
      _ = try? ProbeTemplate.parse(bytes, file: "t")
    }
  }
}

@Suite("Reviews of probe sets")
struct ProbeSetReviewTests {
  private func set(_ text: String, _ file: String) throws -> ProbeSet {
    try ProbeSet.parse(Array(text.utf8), file: file)
  }

  @Test("names and prompts that occur twice, in one set or in two, are found; categories and languages are counted")
  func findings() throws {
    let one = try set(
      #"""
      {"id":"a","prompt":"X?","category":"c","language":"en"}
      {"id":"b","prompt":" X? ","category":"c","language":"de"}
      {"id":"c","prompt":"X?","system":"S","category":"d","language":"de"}
      """#, "one")
    let two = try set(#"{"id":"a","prompt":"Y?"}"#, "two")
    let review = ProbeSetReview(of: [one, two])
    #expect(review.sets[0].categories == ["c": 2, "d": 1] && review.sets[0].languages == ["en": 1, "de": 2])
    #expect(review.sets[0].digest == one.digest)
    #expect(
      review.findings == [
        .repeatedPrompt(PromptID("b"), file: "one", first: PromptID("a"), firstFile: "one"),
        .repeatedID(PromptID("a"), file: "two", firstFile: "one"), .missingCategory(PromptID("a"), file: "two"),
        .missingLanguage(PromptID("a"), file: "two"),
      ])
  }

  @Test("a selection from other sets is none of their doubles; the same set twice is")
  func selection() throws {
    func line(_ id: String, _ prompt: String, samples: Int = 1) -> String {
      #"{"id":"\#(id)","prompt":"\#(prompt)","category":"c","language":"en","samples":\#(samples)}"# + "\n"
    }
    let one = try set(line("a", "A?") + line("b", "B?"), "one")
    let two = try set(line("c", "C?") + line("d", "D?"), "two")
    let chosen = try set(line("a", "A?", samples: 9) + line("d", "D?"), "chosen")
    for sets in [[one, two, chosen], [chosen, two, one]] {
      let review = ProbeSetReview(of: sets)
      #expect(review.sets.filter(\.isSelection).map(\.file) == ["chosen"] && review.findings == [])
    }
    let reworded = try set(line("a", "A?") + line("d", "D??"), "reworded")
    #expect(
      ProbeSetReview(of: [one, two, reworded]).findings == [
        .repeatedID(PromptID("a"), file: "reworded", firstFile: "one"),
        .repeatedPrompt(PromptID("a"), file: "reworded", first: PromptID("a"), firstFile: "one"),
        .repeatedID(PromptID("d"), file: "reworded", firstFile: "two"),
      ])
    let twice = ProbeSetReview(of: [one, try set(line("a", "A?") + line("b", "B?"), "copy")])
    #expect(twice.sets.allSatisfy { !$0.isSelection } && twice.findings.count == 4)
  }

  @Test("temperature and what reads a probe are read; out of range is an error")
  func fields() throws {
    let probe = try set(#"{"id":"a","prompt":"X","temperature":0.5,"reads":"openings"}"#, "x").probes[0]
    #expect(probe.temperature == 0.5 && probe.reads == ["openings"])
    #expect(
      throws: FileError.defectiveLine(file: "x", line: 1, .outOfRange(field: "temperature", allowed: "0 to 2"))
    ) {
      try set(#"{"id":"a","prompt":"X","temperature":2.5}"#, "x")
    }
  }
}
