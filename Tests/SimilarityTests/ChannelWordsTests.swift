import Foundation
import Similarity
import Testing

/// What a report says of a channel comes from the channel.
@Suite("Words of channels")
struct ChannelWordsTests {
  static let all = ChannelCatalogue.text + ChannelCatalogue.reasoning

  @Test("every channel has a label, an explanation and a definition of its own, and none is its raw name")
  func own() {
    for channel in Self.all {
      for words in [channel.label, channel.explanation, channel.definition] {
        #expect(words.count > 4 && !words.contains("_") && !words.hasSuffix("."), "\(channel.name): \(words)")
      }
    }
    #expect(Set(Self.all.map { "\($0.explanation) \($0.label)" }).count == Self.all.count)
    #expect(Set(Self.all.map(\.definition)).count == Self.all.count)
  }

  @Test("every channel of the sources stands in the catalogue")
  func catalogue() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/Similarity/Channels")
    let conformance = #/(?m)^(?!\s*//).*\b(?:struct|enum|class|actor|extension) (\w+)[^{\n]*:[^{\n]*\bChannel\b/#
    var found: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      found.formUnion(text.matches(of: conformance).map { String($0.output.1) })
    }
    #expect(found == Set(Self.all.map { "\(type(of: $0))" }))
  }
}
