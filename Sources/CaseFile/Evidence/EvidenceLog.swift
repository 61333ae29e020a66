/// The records of evidence, read line by line and followed as a chain.
struct EvidenceLog {
  struct Attempt {
    let number: Int
    /// Place of its record in the log.
    let seq: Int
    let run: Int
    let order: Int
    let model: ModelID
    let probe: PromptID
    let sample: Int
    let requestSeed: Int
    let outcome: String
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
    let hash: String
  }

  static let path = "records.jsonl"

  private(set) var tree = MerkleTree()
  private(set) var attempts: [Attempt] = []
  /// Records of other kinds, by place.
  private(set) var others: [(seq: Int, kind: LogRecord.Kind, json: JSONValue)] = []
  private(set) var custody = CustodySummary.Builder()
  /// The first place at which the chain does not hold; nil if it does.
  private(set) var fault: String?

  var frozen: JSONValue? { others.first { $0.kind == .protocol }?.json["protocol"] }
  var circumstances: JSONValue? { others.last { $0.kind == .circumstances }?.json["circumstances"] }

  /// Reads to the end, whatever is found on the way.
  init(_ source: any EvidenceSource) throws {
    var previous = String(repeating: "0", count: 64)
    var last = "the beginning"
    try source.forEachLine(of: Self.path) { line, isWhole in
      let place = tree.leaves.count
      let leaf = MerkleTree.leaf(line)
      defer {
        tree.append(leaf)
        previous = leaf.hex
      }
      guard let json = JSONValue(parsing: Array(line)), isWhole, json.canonical.utf8.elementsEqual(line),
        let kind = json["kind"]?.string.flatMap(LogRecord.Kind.init)
      else {
        note("record \(place) cannot be read; it follows \(last)")
        return
      }
      let attempt = kind == .attempt ? Attempt(json) : nil
      let name = attempt.map { "attempt \($0.number)" } ?? "record \(place)"
      if json["seq"]?.integer != place {
        note(
          "\(name) does not stand in its place: it is record \(json["seq"]?.canonical ?? "without a number") in place \(place)"
        )
      } else if json["prev"]?.string != previous {
        note("\(last) is not as it was written: \(name) follows another")
      } else if kind == .attempt, attempt?.number != attempts.count + 1 {
        note("\(name) cannot be read, or is not number \(attempts.count + 1)")
      }
      if let attempt { attempts.append(attempt) } else { others.append((place, kind, json)) }
      custody.add(kind == .attempt ? nil : json, leaf: leaf)
      last = name
    }
    if tree.leaves.isEmpty { fault = "there are no records" }
  }

  private mutating func note(_ found: String) { fault = fault ?? found }
}

extension EvidenceLog.Attempt {
  init?(_ json: JSONValue) {
    func digest(_ name: String) -> Digest? { json[name]?.string.flatMap(Digest.init(hex:)) }
    func count(_ name: String) -> Int? { json[name]?.integer ?? json[name]?.string.flatMap { Int($0) } }
    guard let number = json["id"]?.integer, let seq = json["seq"]?.integer, let run = json["run"]?.integer,
      let order = json["planned_order"]?.integer, let model = json["model"]?.string,
      let probe = json["probe"]?.string, let sample = json["sample"]?.integer,
      let seed = json["request_seed"]?.integer, let outcome = json["outcome"]?.string,
      let request = digest("request"), let said = digest("answer") ?? digest("failure"),
      let started = json["started"]?.string, let ended = json["ended"]?.string,
      let startedAt = UTCTime.milliseconds(started), let endedAt = UTCTime.milliseconds(ended),
      let startedNanoseconds = count("started_ns"), let endedNanoseconds = count("ended_ns"),
      let hash = json["hash"]?.string
    else { return nil }
    (self.number, self.seq, self.run, self.order) = (number, seq, run, order)
    (self.model, self.probe) = (ModelID(model), PromptID(probe))
    (self.sample, requestSeed, self.outcome) = (sample, seed, outcome)
    (self.request, response, self.said) = (request, digest("response"), said)
    (self.started, self.ended) = (startedAt, endedAt)
    (self.startedNanoseconds, self.endedNanoseconds) = (startedNanoseconds, endedNanoseconds)
    (startedText, endedText, self.hash) = (started, ended, hash)
  }

  var isFailed: Bool { outcome == Attempt.Outcome.failed.rawValue }
}
