package import Monitoring

/// What is said of a pending baseline before it replaces another one.
package enum BaselineRemarkWording {
  /// A sentence without its subject, which is the pending file.
  package static func words(_ remark: Baseline.Remark) -> String {
    switch remark {
    case .otherName(let name, let replaced): "is a baseline of \(name), not of \(replaced)"
    case .otherEndpoint(let now, let then):
      "was answered by \(now.url) \(now.model), not by \(then.url) \(then.model)"
    case .otherSuite: "asks something else than the one that it replaces"
    case .older: "is older than the one that it replaces"
    case .replacedUnapproved: "replaces contents that nobody has approved"
    }
  }
}
