package import Cases
import EndpointKeys

/// What is said of keys; never the keys.
package enum EndpointKeyText {
  package static func unguarded(_ models: [ModelID]) -> String {
    """
    the key for \(models.map(\.rawValue).joined(separator: ", ")) is too short or too common to be told from words: it is not masked in what the endpoint sends back (a key needs \(KeyStrength.rule))
    """
  }
}
