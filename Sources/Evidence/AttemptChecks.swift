import CaseFile
import Cases
import Formats

/// A check that looks at the attempts one after the other.
protocol AttemptCheck {
  /// - Parameter said: the attempt's line of `outcomes.jsonl`, without its end; nil if it is withheld or cannot be read.
  /// - Throws: `EvidenceFault` for the first attempt that fails the check, which is not called again after that.
  mutating func follow(_ attempt: EvidenceLog.Attempt, said: ArraySlice<UInt8>?) throws
}

/// One that needs nothing else to conclude.
protocol ConcludingCheck: AttemptCheck {
  /// Called once, after the last.
  func finding() throws -> EvidenceCheck.Finding
}

/// A check with what it has found so far.
struct FollowedCheck<Check: AttemptCheck> {
  private var check: Check
  private var fault: EvidenceFault?

  init(_ check: Check) { self.check = check }

  mutating func follow(_ attempt: EvidenceLog.Attempt, said: ArraySlice<UInt8>?) throws {
    guard fault == nil else { return }
    do {
      try check.follow(attempt, said: said)
    } catch let found as EvidenceFault {
      fault = found
    }
  }

  func finding() throws -> EvidenceCheck.Finding where Check: ConcludingCheck {
    if let fault { throw fault }
    return try check.finding()
  }

  /// The finding of a check that needs more than the attempts.
  mutating func finding(_ body: (inout Check) throws -> EvidenceCheck.Finding) throws -> EvidenceCheck.Finding {
    if let fault { throw fault }
    return try body(&check)
  }
}

/// Each attempt's answer or failure, in the order of the attempts.
struct OutcomeCheck {
  private let withheld: Withheld
  private var lines: EvidenceLines
  private var shown = 0
  private(set) var kept = 0
  private var fault: EvidenceFault?

  init(_ source: any EvidenceSource, withheld: Withheld) {
    self.withheld = withheld
    lines = EvidenceLines(source, EvidenceLayout.outcomes)
  }

  /// What came of an attempt; nil where it is withheld, or not as it was written.
  mutating func said(of attempt: EvidenceLog.Attempt) throws -> ArraySlice<UInt8>? {
    guard !withheld.holds(attempt.said) else {
      kept += 1
      return nil
    }
    guard fault == nil else { return nil }
    guard let line = try lines.next() else {
      fault = EvidenceFault("what came of attempt \(attempt.number) is missing")
      return nil
    }
    guard line.isWhole, Digest(of: line.bytes) == attempt.said else {
      fault = EvidenceFault("what came of attempt \(attempt.number) is not as it was written")
      return nil
    }
    guard (attempt.isFailed ? EvidenceForm.failure : .answer).read(line.bytes) != nil else {
      fault = EvidenceFault("what came of attempt \(attempt.number) is no \(attempt.isFailed ? "failure" : "answer")")
      return nil
    }
    shown += 1
    return line.bytes
  }

  mutating func finding() throws -> EvidenceCheck.Finding {
    if let fault { throw fault }
    guard try lines.next() == nil else { throw EvidenceFault("there are more outcomes than attempts") }
    return .passed("\(shown) answers and failures are as recorded" + (kept > 0 ? ", \(kept) withheld" : ""))
  }
}

/// Requests and responses, by their digests.
struct BodyCheck: AttemptCheck {
  let withheld: Withheld
  let found: FoundFiles
  private var kept = 0

  init(withheld: Withheld, found: FoundFiles) {
    self.withheld = withheld
    self.found = found
  }

  mutating func follow(_ attempt: EvidenceLog.Attempt, said: ArraySlice<UInt8>?) throws {
    for (what, digest) in [("request", attempt.request), ("response", attempt.response)] {
      if let digest { try look(for: digest, "the \(what) of attempt \(attempt.number)") }
    }
  }

  /// - Parameters:
  ///   - sets: the probe sets that the protocol names.
  ///   - recorded: the files of answers that it says were recorded before.
  mutating func finding(_ log: EvidenceLog, sets: [Digest], recorded: [PlannedRecording]) throws
    -> EvidenceCheck.Finding
  {
    for (seq, kind, json) in log.others where kind == .capability {
      for exchange in json["exchanges"]?.array ?? [] {
        for name in ["request", "response"] {
          guard let digest = exchange[name]?.string.flatMap(Digest.init(lowerHex:)) else { continue }
          try look(for: digest, "a \(name) of the check in record \(seq)")
        }
      }
    }
    for digest in sets { try look(for: digest, "the probe set \(digest.hex)") }
    for recording in recorded { try look(for: recording.digest, "the file of recorded answers of \(recording.model)") }
    return .passed("requests and responses are as recorded" + (kept > 0 ? ", \(kept) withheld" : ""))
  }

  private mutating func look(for digest: Digest, _ name: String) throws {
    if found.hasBody(digest) { return }
    if withheld.holds(digest) { return kept += 1 }
    throw EvidenceFault(
      "\(name) is " + (found[EvidenceManifest.path(ofBody: digest)] == nil ? "missing" : "not as it was written"))
  }
}

/// Whether the clock of the machine ran on evenly: in a run beside its monotonic clock, between runs forwards.
struct ClockCheck: ConcludingCheck {
  /// Clocks of two machines, or of one machine that is set, may differ by so much: milliseconds.
  static let tolerance = 2_000

  private var origins: [Int: Int] = [:]
  private var latestEnd: [Int: Int] = [:]
  // No time that can be written is earlier.
  private var latest = UTCTime.earliest

  mutating func follow(_ attempt: EvidenceLog.Attempt, said: ArraySlice<UInt8>?) throws {
    for (time, nanoseconds) in [
      (attempt.started, attempt.startedNanoseconds), (attempt.ended, attempt.endedNanoseconds),
    ] {
      let elapsed = nanoseconds / 1_000_000
      let origin = origins[attempt.run] ?? (time - elapsed)
      origins[attempt.run] = origin
      guard abs(time - elapsed - origin) <= Self.tolerance + elapsed / 1_000 else {
        throw EvidenceFault("the clock was set during run \(attempt.run), before attempt \(attempt.number)")
      }
    }
    if Self.isLost(attempt) { return }
    guard attempt.startedNanoseconds <= attempt.endedNanoseconds,
      attempt.endedNanoseconds / 1_000_000 >= latestEnd[attempt.run, default: 0] - Self.tolerance
    else { throw EvidenceFault("attempt \(attempt.number) ended before the one it follows") }
    latestEnd[attempt.run] = attempt.endedNanoseconds / 1_000_000
    guard attempt.ended >= latest - Self.tolerance else {
      throw EvidenceFault("the clock was set back before attempt \(attempt.number)")
    }
    latest = max(latest, attempt.ended)
  }

  /// The program ended before a response was there, and nobody knows when. It is written when the run goes on, after attempts that ended
  /// long after it began.
  private static func isLost(_ attempt: EvidenceLog.Attempt) -> Bool {
    attempt.response == nil && attempt.startedNanoseconds == attempt.endedNanoseconds
      && attempt.started == attempt.ended
  }

  func finding() -> EvidenceCheck.Finding {
    .passed("the clock ran on evenly through \(origins.count) \(origins.count == 1 ? "run" : "runs")")
  }
}

/// Every item of the plan was asked, in the words of the protocol, and answered once at most.
///
/// Of an item it keeps the digest of its line and what became of it.
struct PlanCheck: ConcludingCheck {
  private struct State: OptionSet {
    let rawValue: UInt8
    static let asked = State(rawValue: 1)
    static let answered = State(rawValue: 2)
  }

  private let digest: Digest
  private let items: [Digest]
  private var states: [State]
  private let isReadable: Bool
  /// No two items ask one sample of a model, or have one seed.
  private let areApart: Bool
  private let models: Set<ModelID>
  /// Of each probe that is asked, one more than its last sample.
  private let samples: [PromptID: Int]
  /// Those that are asked at least once.
  var probes: Set<PromptID> { Set(samples.keys) }

  init(_ source: any EvidenceSource) throws {
    var whole = Digest.Running()
    var lines: [Digest] = []
    var isReadable = true
    struct Ask: Hashable { let model: Int, probe: Int, sample: Int }
    var (models, probes, samples): ([ModelID: Int], [PromptID: Int], [PromptID: Int]) = ([:], [:], [:])
    var (asks, seeds): (Set<Ask>, Set<Int>) = ([], [])
    try source.forEachLine(of: EvidenceLayout.plan) { line, isWhole in
      whole.add(Array(line) + (isWhole ? [UInt8(ascii: "\n")] : []))
      let item = EvidenceForm.planned.read(line).flatMap(PlannedItem.init(json:))
      if !isWhole || item?.order != lines.count { isReadable = false }
      if let item {
        let (newModel, newProbe) = (models.count, probes.count)
        asks.insert(
          Ask(
            model: models[item.model, default: newModel], probe: probes[item.probe, default: newProbe],
            sample: item.sample))
        if models[item.model] == nil { models[item.model] = newModel }
        if probes[item.probe] == nil { probes[item.probe] = newProbe }
        seeds.insert(item.requestSeed)
        samples[item.probe] = max(samples[item.probe] ?? 0, item.sample + 1)
      }
      lines.append(Digest(of: line))
    }
    areApart = asks.count == lines.count && seeds.count == lines.count
    self.models = Set(models.keys)
    self.samples = samples
    digest = whole.finished
    items = lines
    states = Array(repeating: [], count: lines.count)
    self.isReadable = isReadable
  }

  mutating func follow(_ attempt: EvidenceLog.Attempt, said: ArraySlice<UInt8>?) throws {
    let order = attempt.item.order
    guard items.indices.contains(order), items[order] == Digest(of: attempt.item.canonicalLine.utf8.dropLast()) else {
      throw EvidenceFault("attempt \(attempt.number) was not planned")
    }
    guard !states[order].contains(.answered) else {
      throw EvidenceFault("attempt \(attempt.number) asks what was answered before")
    }
    states[order].insert(attempt.isFailed ? .asked : [.asked, .answered])
  }

  func finding() throws -> EvidenceCheck.Finding {
    if let never = states.firstIndex(where: { !$0.contains(.asked) }) {
      throw EvidenceFault(
        "\(states.count { !$0.contains(.asked) }) of \(items.count) planned items were never asked, the first is \(never)"
      )
    }
    let failed = states.count { !$0.contains(.answered) }
    return .passed(
      "all \(items.count) planned items were asked" + (failed > 0 ? "; \(failed) failed, each attempt is recorded" : "")
    )
  }

  /// - Throws: `EvidenceFault` unless the plan is the one that the protocol names, and asks each model each probe as often as it says.
  func compare(with frozen: JSONValue?, _ asking: PlannedAsking?, _ probes: RevealedProbes) throws {
    guard isReadable else { throw EvidenceFault("an item of the plan cannot be read") }
    guard let stated = frozen?["plan"], EvidenceForm.plannedWhole.fits(stated), stated["items"]?.integer == items.count,
      stated["sha256"]?.string == digest.hex
    else { throw EvidenceFault("the plan is not that of the protocol") }
    // How models are asked, another check tells.
    guard let asking else { return }
    // How many samples there are of a sealed probe only the plan says.
    let planned = probes.leaves.keys.map { ($0, probes.revealed[$0].map(asking.samples) ?? samples[$0] ?? 0) }
    // As a double, which no count makes overflow.
    let asked = Double(asking.models.count) * planned.reduce(0) { $0 + Double($1.1) }
    guard areApart, Double(items.count) == asked, models.isSubset(of: asking.models),
      asking.models.isEmpty || planned.allSatisfy({ samples[$0] ?? 0 == $1 }),
      samples.keys.allSatisfy({ probes.leaves[$0] != nil })
    else {
      throw EvidenceFault(
        "the plan does not ask each model each probe as often as the protocol says, each time with a seed of its own")
    }
  }
}
