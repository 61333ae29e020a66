import CaseFile
import Foundation
import Testing

/// The sets that come with the project.
@Suite("Probe sets")
struct ProbeSetTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Probes").path

  static let files = (try? FileBytes.list(folder).filter { $0.hasSuffix(".jsonl") }) ?? []

  @Test("every set is read, names language and category of each probe, and asks nothing twice", arguments: files)
  func sets(file: String) throws {
    let set = try ProbeSet.read(file: "\(Self.folder)/\(file)")
    #expect(Set(set.probes.map(\.prompt)).count == set.probes.count)
    #expect(set.probes.allSatisfy { $0.language != nil && $0.category != nil })
    #expect(set.probes.allSatisfy { !$0.prompt.isEmpty && ($0.maxTokens ?? 1) > 0 })
  }

  @Test("the open questions are enough for a case, in six languages")
  func open() throws {
    let set = try ProbeSet.read(file: "\(Self.folder)/open.jsonl")
    #expect(set.probes.count >= 120)
    #expect(Set(set.probes.compactMap(\.language)) == ["de", "en", "es", "fr", "ja", "zh"])
  }
}
