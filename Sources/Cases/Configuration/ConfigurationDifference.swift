/// One value that a stored configuration and the present one do not share.
package struct ConfigurationDifference: Hashable, Sendable {
  /// Such as `sampling.temperature` or `cohort[2].url`.
  package let path: String
  /// nil where the stored configuration has no such value.
  package let stored: String?
  package let current: String?

  package init(path: String, stored: String?, current: String?) {
    self.path = path
    self.stored = stored
    self.current = current
  }
}
