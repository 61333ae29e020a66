import Similarity

extension CohortMethod {
  /// Versions of its channels, by name.
  package var channelVersions: [String: Int] {
    Dictionary(channels.map { ($0.name, $0.version) }, uniquingKeysWith: { first, _ in first })
  }
}
