package import Cases

/// Endpoints that a check could not get an answer from.
package struct SilentEndpoints: Error {
  package let models: [ModelID]
  package let host: String
  package let isKeyRefused: Bool
}
