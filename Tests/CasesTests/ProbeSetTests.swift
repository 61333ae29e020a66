import Cases
import Formats
import Foundation
import Testing

/// The sets that come with the project.
@Suite("Probe sets")
struct ProbeSetTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Probes").path

  static let selections = ["ci.jsonl", "quick.jsonl"]
  /// The questions of another set, with a system prompt.
  static let paired = ["identity-system.jsonl"]
  static let files = (try? FileBytes.list(folder).filter { $0.hasSuffix(".jsonl") }) ?? []
  static let categories = [
    "border", "choice", "continuation", "creative", "cutoff", "formatting", "identity", "obscure", "quirks",
    "reasoning", "short", "translation-code",
  ]
  static let languages: Set = ["de", "en", "es", "fr", "ja", "zh"]

  private static func read(_ file: String) throws -> ProbeSet { try ProbeSet.read(file: "\(folder)/\(file)") }

  /// All that the sets ask, without the selections.
  private static func probes() throws -> [Probe] {
    try files.filter { !selections.contains($0) && !paired.contains($0) }.flatMap { try read($0).probes }
  }

  @Test("every set is read, names language and category of each probe, and asks nothing twice", arguments: files)
  func sets(file: String) throws {
    let set = try Self.read(file)
    #expect(Set(set.probes.map(\.prompt)).count == set.probes.count)
    #expect(set.probes.allSatisfy { $0.language != nil && $0.category != nil })
    #expect(set.probes.allSatisfy { !$0.prompt.isEmpty && ($0.maxTokens ?? 1) > 0 })
  }

  @Test("the open questions are enough for a case, in six languages")
  func open() throws {
    let set = try Self.read("open.jsonl")
    #expect(set.probes.count >= 120)
    #expect(Set(set.probes.compactMap(\.language)) == Self.languages)
  }

  @Test("every category has at least 25 probes in six languages, with a plan of sampling", arguments: categories)
  func category(name: String) throws {
    let probes = try Self.read("\(name).jsonl").probes
    #expect(probes.count >= 25)
    let counts = probes.reduce(into: [String: Int]()) { $0[$1.language ?? "", default: 0] += 1 }
    #expect(Set(counts.keys) == Self.languages && counts.values.allSatisfy { $0 >= 4 }, "\(counts)")
    for probe in probes {
      #expect(probe.category == name && probe.id.rawValue.hasPrefix("\(name)-"))
      #expect(probe.samples != nil && probe.maxTokens != nil && probe.temperature != nil && !probe.reads.isEmpty)
    }
  }

  @Test("there is a file for each category, one of open questions, one for checks, and no other that no test reads")
  func catalogue() throws {
    #expect(
      Self.files
        == (Self.categories.map { "\($0).jsonl" } + Self.selections + Self.paired + ["check.jsonl", "open.jsonl"])
        .sorted())
    let others = try Set(FileBytes.list(Self.folder)).subtracting(Self.files)
    #expect(others == ["README.md", "spellings.json", "templates.json"])
  }

  @Test("names and prompts are unique over all sets, and the selections are known as such")
  func unique() throws {
    let review = ProbeSetReview(of: try Self.files.map(Self.read))
    #expect(review.findings == [])
    #expect(review.sets.filter(\.isSelection).map(\.file) == Self.selections.map { "\(Self.folder)/\($0)" })
  }

  @Test("identity is asked with a system prompt that names nobody, in the language of the question, and without one")
  func identityPairs() throws {
    let (without, with) = (try Self.read("identity.jsonl").probes, try Self.read("identity-system.jsonl").probes)
    #expect(with.map(\.prompt) == without.map(\.prompt) && without.allSatisfy { $0.system == nil })
    #expect(with.map(\.id.rawValue) == without.map { "identity-system-" + $0.id.rawValue.dropFirst(9) })
    #expect(with.map(\.samples) == without.map(\.samples) && with.map(\.temperature) == without.map(\.temperature))
    for probe in with {
      let system = try #require(probe.system)
      #expect(IdentityNames.all.allSatisfy { !system.lowercased().contains($0) }, "\(probe.id)")
    }
    #expect(Set(with.compactMap(\.system)).count == Self.languages.count)
  }

  /// Names that a neutral system prompt must not hold.
  private enum IdentityNames {
    static let all = ["gpt", "openai", "claude", "anthropic", "gemini", "google", "llama", "meta", "qwen", "deepseek"]
  }

  @Test("a selection takes its probes as they are, by name and text", arguments: selections)
  func chosen(file: String) throws {
    let whole = Dictionary(uniqueKeysWithValues: try Self.probes().map { ($0.id, $0) })
    for probe in try Self.read(file).probes {
      let source = try #require(whole[probe.id])
      #expect(probe.prompt == source.prompt && probe.language == source.language && probe.reads == source.reads)
      #expect(probe.category == source.category && probe.maxTokens == source.maxTokens)
    }
  }

  @Test("the quick selection has 60 probes of all categories and languages, for about as many calls as probes")
  func quick() throws {
    let probes = try Self.read("quick.jsonl").probes
    #expect(probes.count == 60 && Set(probes.compactMap(\.language)) == Self.languages)
    #expect(Set(probes.compactMap(\.category)) == Set(Self.categories + ["open"]))
    #expect(probes.reduce(0) { $0 + ($1.samples ?? 1) } <= 120)
  }

  @Test("the selection for CI has 40 peaked and 10 diffuse probes with short answers, at most 320 calls")
  func ci() throws {
    let probes = try Self.read("ci.jsonl").probes
    let (peaked, diffuse) = (probes.filter { $0.category != "choice" }, probes.filter { $0.category == "choice" })
    #expect(peaked.count == 40 && peaked.allSatisfy { $0.samples == 3 })
    #expect(diffuse.count == 10 && diffuse.allSatisfy { $0.samples == 20 })
    #expect(probes.reduce(0) { $0 + ($1.samples ?? 1) } <= 320)
    // At temperature 0 samples are copies: nothing to permute.
    #expect(probes.allSatisfy { $0.temperature == 1 && ($0.maxTokens ?? .max) <= 60 })
    #expect(Set(probes.compactMap(\.language)) == Self.languages)
  }

  /// Jaccard's coefficient of their character 3-grams, 2-grams where a character is a word. The nearest pair has 0.53.
  @Test("no two probes ask nearly the same")
  func nearDuplicates() throws {
    let probes = try Self.probes()
    let grams = probes.map { probe in
      let text = Array(probe.prompt.lowercased())
      let length = ["ja", "zh"].contains(probe.language) ? 2 : 3
      return Set(text.indices.dropLast(length - 1).map { String(text[$0..<($0 + length)]) })
    }
    for i in probes.indices {
      for j in probes.indices.dropFirst(i + 1) {
        let shared = grams[i].intersection(grams[j]).count
        let similarity = Double(shared) / Double(grams[i].count + grams[j].count - shared)
        #expect(similarity < 0.6, "\(probes[i].id) and \(probes[j].id): \(similarity)")
      }
    }
  }

  /// Words of jailbreaks, injections and harm, in the languages of the sets.
  static let unwanted = [
    "ignore previous", "ignore all", "ignore your", "jailbreak", "developer mode", "pretend you have no",
    "no restrictions", "unfiltered", "system prompt", "hidden instructions", "bomb", "weapon", "explosive",
    "poison", "suicide", "self-harm", "hack", "malware", "exploit", "password", "steal", "drugs", "porn",
    "nude", "racist", "terror", "credit card", "waffe", "sprengstoff", "gift ", "selbstmord", "passwort",
    "ignoriere", "systemprompt", "droge", "arme à feu", "explosif", "mot de passe", "ignore les", "drogue",
    "arma ", "explosivo", "suicidio", "contraseña", "ignora ", "veneno", "爆弾", "武器", "自殺", "パスワード", "無視して",
    "毒物", "麻薬", "システムプロンプト", "炸弹", "自杀", "密码", "忽略", "毒药", "毒品", "系统提示",
  ]

  @Test("nothing harmful is asked, and nothing that tries to get round a model's rules")
  func harmless() throws {
    let templates = String(decoding: try FileBytes.read("\(Self.folder)/templates.json"), as: UTF8.self).lowercased()
    for word in Self.unwanted {
      for probe in try Self.probes() {
        #expect(!"\(probe.prompt) \(probe.system ?? "")".lowercased().contains(word), "\(probe.id): \(word)")
      }
      #expect(!templates.contains(word), "templates: \(word)")
    }
  }

  @Test("the hashes and counts of the README are those of the files")
  func readme() throws {
    let text = String(decoding: try FileBytes.read("\(Self.folder)/README.md"), as: UTF8.self)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") && $0.contains(".jsonl`") }
    let expected = try Self.files.map { file in
      let set = try Self.read(file)
      let calls = set.probes.reduce(0) { $0 + ($1.samples ?? 1) }
      return "| `\(file)` | \(set.probes.count) | \(calls) | `\(set.digest.hex)` |"
    }
    #expect(rows.map(String.init).sorted() == expected.sorted())
  }

  @Test("each template draws private variants that no public probe asks")
  func templates() throws {
    let file = "\(Self.folder)/templates.json"
    let known = Set(try Self.probes().map(\.prompt))
    let templates = try ProbeTemplate.read(file: file)
    #expect(templates.count >= 5)
    for template in templates {
      #expect(template.variants >= 30)
      let probes = try template.expand(seed: 1, count: min(template.variants, 200), file: file)
      #expect(probes.allSatisfy { !known.contains($0.prompt) && Self.categories.contains($0.category ?? "") })
      let plan = try Self.read("\(probes[0].category ?? "").jsonl").probes[0]
      #expect(probes.allSatisfy { $0.samples == plan.samples && $0.maxTokens == plan.maxTokens })
      #expect(probes.allSatisfy { $0.temperature == plan.temperature && $0.reads == plan.reads })
    }
  }
}
