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
}
