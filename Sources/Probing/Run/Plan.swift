package import Cases
import Formats

/// Every request of a case, in the order in which they are sent. A pure function of the configuration.
package enum Plan {
  /// Probes and samples come in a random order, and within each the models in a random order again: time of day cannot
  /// pass for a difference between models, and a run that was cut short has asked all of them about equally much.
  package static func items(of configuration: CaseConfiguration) -> [PlannedItem] {
    var generator = ScheduleGenerator(seed: configuration.seed)
    let questions = configuration.probes.flatMap { probe in
      (0..<configuration.samples(of: probe)).map { (probe: probe.id, sample: $0) }
    }
    let models = configuration.models.map(\.id)
    var seeds = RequestSeeds(caseSeed: configuration.seed)
    var seedOf: [[Int]] = []
    for question in questions {
      seedOf.append(models.map { seeds.next(model: $0, probe: question.probe, sample: question.sample) })
    }
    var items: [PlannedItem] = []
    items.reserveCapacity(questions.count * models.count)
    for place in generator.shuffled(Array(questions.indices)) {
      for model in generator.shuffled(Array(models.indices)) {
        items.append(
          PlannedItem(
            order: items.count, model: models[model], probe: questions[place].probe, sample: questions[place].sample,
            requestSeed: seedOf[place][model]))
      }
    }
    return items
  }
}

/// The `seed` parameters of requests: SHA-256 of case seed, model, probe and sample, cut to 31 bits, which every server
/// takes. Where two would be equal the later one is drawn again: models that share a seed could share their chance.
private struct RequestSeeds {
  let caseSeed: UInt64
  private var used: Set<Int> = []

  init(caseSeed: UInt64) { self.caseSeed = caseSeed }

  mutating func next(model: ModelID, probe: PromptID, sample: Int) -> Int {
    var draw = 0
    while true {
      let names = [model.rawValue, probe.rawValue].map { "\($0.utf8.count):\($0)" }.joined()
      let bytes = Digest(of: "retort.seed/1 \(caseSeed) \(names) \(sample) \(draw)").bytes
      let value = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
      if value > 0, used.insert(value).inserted { return value }
      draw += 1
    }
  }
}
