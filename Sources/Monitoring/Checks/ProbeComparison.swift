package import Cases
package import Statistics

/// The answers of a run beside those of a baseline, stratum by stratum and probe by probe.
package struct ProbeComparison: Sendable {
  package struct Entry: Sendable {
    package let probe: PromptID
    package let block: ExchangeableBlock
  }

  /// Probes in byte order.
  package let strata: [Stratum: [Entry]]

  /// - Parameter only: strata to compare; nil for all.
  package init(
    _ run: [PromptID: ProbeRecord], baseline: [PromptID: ProbeRecord], only: Set<Stratum>? = nil
  ) {
    var strata: [Stratum: [Entry]] = [:]
    func add(_ stratum: Stratum, _ probe: PromptID, _ block: ExchangeableBlock?) {
      guard only?.contains(stratum) ?? true, let block else { return }
      strata[stratum, default: []].append(Entry(probe: probe, block: block))
    }
    for probe in run.keys.sorted() {
      guard let own = run[probe], let other = baseline[probe] else { continue }
      add(other.stratum, probe, own.block(against: other))
      add(.logprobs, probe, own.logprobBlock(against: other))
    }
    self.strata = strata
  }

  package var blocks: [Stratum: [ExchangeableBlock]] { strata.mapValues { $0.map(\.block) } }

  /// Probes by how much they speak for a change: their distance in units of its standard deviation by chance.
  package var influences: [(probe: PromptID, stratum: Stratum, distance: Double, weight: Double)] {
    strata.flatMap { stratum, entries in
      entries.filter { $0.block.spread > 0 && $0.block.distance > 0 }.map {
        (probe: $0.probe, stratum: stratum, distance: $0.block.distance, weight: $0.block.distance / $0.block.spread)
      }
    }.sorted { ($1.weight, $0.probe, $0.stratum) < ($0.weight, $1.probe, $1.stratum) }
  }
}
