import Cases
import Formats
import Foundation
import Testing

/// What `Probes/README.md` promises of the open questions, after measuring which prompts tell most.
@Suite("Open probes")
struct OpenProbesTests {
  private static func english(_ file: String) throws -> [Probe] {
    try ProbeSet.read(file: "\(ProbeSetTests.folder)/\(file)").probes
      .filter { $0.category == "open" && $0.language == "en" }
  }

  @Test(
    "a prompt is of the first kind whose rule fits",
    arguments: [
      ("How do I sharpen scissors?", "how-to"), ("Why do cats purr?", "explanation"),
      ("Who was the first to cross the desert by balloon?", "open question"),
      ("Write a haiku about a wet umbrella.", "creative"),
      ("Write an e-mail about the heating.", "text for a purpose"), ("Suggest three hobbies.", "list"),
      ("Write a Python function that adds.", "code"), ("Summarise: the mill stood still.", "given text"),
      ("Act as a lighthouse keeper.", "role play"), ("Solve 3x + 4 = 10.", "closed"), ("Good morning.", "other"),
    ])
  func kind(prompt: String, kind: String) throws {
    #expect(try PromptKinds.english().kind(of: prompt) == kind)
  }

  @Test("of the English open questions nine in ten are of the kinds that tell most, and four in five of medium length")
  func shares() throws {
    let kinds = try PromptKinds.english()
    let probes = try Self.english("open.jsonl")
    let found = try probes.map { try kinds.kind(of: $0.prompt) }
    #expect(probes.count == 90)
    #expect(found.count { PromptKinds.open.contains($0) } * 10 >= probes.count * 9)
    #expect(probes.count { kinds.isMedium($0.prompt) } * 5 >= probes.count * 4)
    // Short questions how to do something tell least of all that was measured.
    #expect(!zip(probes, found).contains { $1 == "how-to" && !kinds.isMedium($0.prompt) })
    #expect(Set(found).isDisjoint(with: ["code", "given text", "role play", "recipe"]))
  }

  @Test("the quick selection has 24 open questions, the English ones all of the kinds that tell most")
  func quick() throws {
    let kinds = try PromptKinds.english()
    let open = try ProbeSet.read(file: "\(ProbeSetTests.folder)/quick.jsonl").probes.filter { $0.category == "open" }
    #expect(open.count == 24)
    for probe in try Self.english("quick.jsonl") {
      #expect(
        PromptKinds.open.contains(try kinds.kind(of: probe.prompt)) && kinds.isMedium(probe.prompt), "\(probe.id)")
    }
  }

  @Test("the table of kinds in the README is that of the file")
  func table() throws {
    let kinds = try PromptKinds.english()
    var counts: [String: (medium: Int, short: Int)] = [:]
    for probe in try Self.english("open.jsonl") {
      let kind = try kinds.kind(of: probe.prompt)
      counts[kind, default: (0, 0)].medium += kinds.isMedium(probe.prompt) ? 1 : 0
      counts[kind, default: (0, 0)].short += kinds.isMedium(probe.prompt) ? 0 : 1
    }
    let text = String(decoding: try FileBytes.read("\(ProbeSetTests.folder)/README.md"), as: UTF8.self)
    #expect(!counts.isEmpty)
    for (kind, count) in counts {
      #expect(text.contains("| \(kind) | \(count.medium) | \(count.short) |"), "\(kind): \(count)")
    }
  }
}
