import CaseFile
import Cases
import Custody
import Formats

/// What is kept of the records of evidence after they were read once, line by line, and followed as a chain. Attempts are
/// handed out and not kept: there may be a million.
struct EvidenceLog {
  struct Attempt {
    let number: Int
    /// Place of its record in the log.
    let seq: Int
    let run: Int
    let item: PlannedItem
    let outcome: String
    let url: String
    let status: Int?
    /// The whole record.
    let json: JSONValue
    /// Longest time of an attempt at that time, milliseconds; nil if it was not told.
    let timeout: Int?
    /// The program whose run it belongs to, as the run's record says; nil if there is none.
    let tool: String?
    /// Digests of bodies, and of the answer or the failure.
    let request: Digest
    let response: Digest?
    let said: Digest
    /// Milliseconds since 1970.
    let started: Int
    let ended: Int
    /// Of a monotonic clock since the run began.
    let startedNanoseconds: Int
    let endedNanoseconds: Int
    let startedText: String
    let endedText: String
    let isRedacted: Bool
    let hash: Digest
  }

  /// The log at one of its sizes.
  struct Mark {
    let root: Digest
    /// Attempts among the records so far, and when the last of them ended.
    let attempts: Int
    let lastEnded: Int?
  }

  private(set) var tree = CompactRange()
  private(set) var marks: [Int: Mark] = [:]
  private(set) var attempts = 0
  private(set) var firstAttempt: Attempt?
  private(set) var lastAttempt: Attempt?
  /// The earliest and the latest time of an attempt, as they are written.
  private(set) var span: (first: String, last: String)?
  /// Records of other kinds, by place.
  private(set) var others: [(seq: Int, kind: LogRecord.Kind, json: JSONValue)] = []
  private(set) var custody = CustodySummary.Builder()
  /// The program of each run.
  private var runs: [Int: String] = [:]
  private var timeout: Int?
  /// The first place at which the chain does not hold; nil if it does.
  private(set) var fault: String?

  var frozen: JSONValue? { others.first { $0.kind == .protocol }?.json["protocol"] }
  var circumstances: JSONValue? { others.last { $0.kind == .circumstances }?.json["circumstances"] }

  /// Reads to the end, whatever is found on the way.
  ///
  /// - Parameters:
  ///   - sizes: where the log is marked.
  ///   - follow: called with each attempt, in their order.
  init(_ source: any EvidenceSource, marking sizes: Set<Int>, follow: (Attempt) throws -> Void) throws {
    var previous = Digest.zero.hex
    var last = "the beginning"
    try source.forEachLine(of: EvidenceLayout.records) { line, isWhole in
      let place = tree.size
      let leaf = MerkleTree.leaf(line)
      defer {
        tree.append(leaf)
        if sizes.contains(tree.size) {
          marks[tree.size] = Mark(root: tree.root, attempts: attempts, lastEnded: lastAttempt?.ended)
        }
        previous = leaf.hex
      }
      guard isWhole, let json = JSONValue(canonical: line),
        let kind = json["kind"]?.string.flatMap(LogRecord.Kind.init),
        EvidenceForm.records[kind]?.fits(json) == true
      else {
        note("record \(place) cannot be read; it follows \(last)")
        return
      }
      let attempt =
        kind == .attempt
        ? Attempt(json, timeout: timeout, tool: json["run"]?.integer.flatMap { runs[$0] }) : nil
      let name = attempt.map { "attempt \($0.number)" } ?? "record \(place)"
      if json["seq"]?.integer != place {
        note(
          "\(name) does not stand in its place: it is record \(json["seq"]?.canonical ?? "without a number") in place \(place)"
        )
      } else if json["prev"]?.string != previous {
        note("\(last) is not as it was written: \(name) follows another")
      } else if kind == .attempt, attempt?.number != attempts + 1 {
        note("\(name) cannot be read, or is not number \(attempts + 1)")
      } else if (kind == .protocol) != (place == 0) {
        note(place == 0 ? "the first record is not the protocol" : "\(name) is a second protocol")
      } else if let attempt, attempt.tool == nil {
        note("\(name) belongs to a run that was not begun")
      }
      if kind == .run, let run = json["run"]?.integer {
        if runs[run] != nil { note("\(name) begins a run twice") }
        runs[run] = json["tool"]?.string ?? ""
      }
      if kind == .circumstances { timeout = json["circumstances"]?["timeout_milliseconds"]?.integer }
      custody.add(kind == .attempt ? nil : json, leaf: leaf)
      last = name
      guard let attempt else { return others.append((place, kind, json)) }
      keep(attempt)
      try follow(attempt)
    }
    if tree.size == 0 { fault = "there are no records" }
  }

  private mutating func keep(_ attempt: Attempt) {
    attempts += 1
    if firstAttempt == nil { firstAttempt = attempt }
    lastAttempt = attempt
    span = (
      min(span?.first ?? attempt.startedText, attempt.startedText),
      max(span?.last ?? attempt.endedText, attempt.endedText)
    )
  }

  private mutating func note(_ found: String) { fault = fault ?? found }
}

extension EvidenceLog.Attempt {
  /// nil unless the record has the form of an attempt, and says one thing: an answer with the response that holds it, or a
  /// failure with a response or without.
  ///
  /// - Parameters:
  ///   - timeout: longest time of an attempt.
  ///   - tool: of its run.
  init?(_ json: JSONValue, timeout: Int?, tool: String?) {
    func digest(_ name: String) -> Digest? { json[name]?.string.flatMap(Digest.init(lowerHex:)) }
    func count(_ name: String) -> Int? { json[name].flatMap(EvidenceForm.long) }
    let isFailed = json["outcome"]?.string == Cases.Attempt.Outcome.failed.rawValue
    guard (json["answer"] == nil) == isFailed, (json["failure"] != nil) == isFailed,
      (json["response"] == nil) == (json["status"] == nil),
      (json["response"] == nil) == (json["response_headers"] == nil)
    else { return nil }
    guard let number = json["id"]?.integer, let seq = json["seq"]?.integer, let run = json["run"]?.integer,
      let order = json["planned_order"]?.integer, let model = json["model"]?.string,
      let probe = json["probe"]?.string, let sample = json["sample"]?.integer,
      let seed = json["request_seed"]?.integer, let outcome = json["outcome"]?.string,
      let request = digest("request"), let said = digest("answer") ?? digest("failure"),
      let started = json["started"]?.string, let ended = json["ended"]?.string,
      let startedAt = UTCTime.milliseconds(started), let endedAt = UTCTime.milliseconds(ended),
      let startedNanoseconds = count("started_ns"), let endedNanoseconds = count("ended_ns"),
      let hash = digest("hash"), let url = json["url"]?.string
    else { return nil }
    (self.url, status, self.json, self.timeout) = (url, json["status"]?.integer, json, timeout)
    self.tool = tool
    (self.number, self.seq, self.run) = (number, seq, run)
    item = PlannedItem(
      order: order, model: ModelID(model), probe: PromptID(probe), sample: sample, requestSeed: seed)
    self.outcome = outcome
    (self.request, response, self.said) = (request, digest("response"), said)
    (self.started, self.ended) = (startedAt, endedAt)
    (self.startedNanoseconds, self.endedNanoseconds) = (startedNanoseconds, endedNanoseconds)
    (startedText, endedText, self.hash) = (started, ended, hash)
    isRedacted = json["redacted"]?.integer == 1
  }

  var isFailed: Bool { outcome == Attempt.Outcome.failed.rawValue }

  /// Whether it is of a version before 0.8.0, which kept the tokens that nobody had asked for. One form for each attempt: of two, the
  /// operator would choose which tokens an earlier version's report compares.
  var keptAllTokens: Bool { StoredReading(by: tool) == .before0_8 }
}
