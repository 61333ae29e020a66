import Formats
import Similarity

extension CohortMethod {
  /// The channels that a calibration of it holds for, in their order.
  package var combinedVersions: [Calibration.ChannelVersion] {
    channels.map { Calibration.ChannelVersion(name: $0.name, version: $0.version) }
  }

  /// Versions of its channels, by name.
  package var channelVersions: [String: Int] {
    Dictionary(firstOf: channels.map { ($0.name, $0.version) })
  }
}
