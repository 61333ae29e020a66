package import Cases

/// What can be wrong with the key of an endpoint.
package enum EndpointKeyError: Error, Hashable {
  /// The variable is not set, or variable or file are empty.
  case missing(ModelID, Endpoint.KeyReference)
  /// Not one line of printable ASCII, which is all that a header can carry.
  case unusable(ModelID, Endpoint.KeyReference)
  /// Longer than `EndpointKey.longest`.
  case tooLong(ModelID, Endpoint.KeyReference)
}
