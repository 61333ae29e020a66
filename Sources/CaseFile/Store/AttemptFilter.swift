/// Which attempts a list shows; nil leaves a condition out.
package struct AttemptFilter: Sendable {
  package var model: String?
  package var probe: String?
  package var outcome: String?

  package init(model: String? = nil, probe: String? = nil, outcome: String? = nil) {
    self.model = model
    self.probe = probe
    self.outcome = outcome
  }
}
