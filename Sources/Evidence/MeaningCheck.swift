import CaseFile
import Cases
import Formats

/// Whether requests ask what was planned, and responses say what was analysed: each request is built again from protocol, plan
/// and probe, each response is read again by its dialect.
///
/// What cannot be read is counted and named, never passed in silence.
struct MeaningCheck: AttemptCheck {
  private let source: any EvidenceSource
  private let reader: any ExchangeReader
  private let asking: PlannedAsking?
  private let probes: RevealedProbes
  private let found: FoundFiles
  /// Of the bodies that are here, those that something refers to.
  private var isReferred: [Bool]
  private var asked = 0
  private var read = 0
  private var unanswered = 0
  private var notBuilt = 0
  private var withheld = 0
  private var masked = 0
  private var pasted = 0
  /// Attempts that failed though their response holds an answer.
  private var cutOff = 0

  init(
    _ source: any EvidenceSource, reader: any ExchangeReader, asking: PlannedAsking?, probes: RevealedProbes,
    found: FoundFiles
  ) {
    self.source = source
    self.reader = reader
    self.asking = asking
    self.probes = probes
    self.found = found
    isReferred = Array(repeating: false, count: found.bodyCount)
  }

  mutating func follow(_ attempt: EvidenceLog.Attempt, said: ArraySlice<UInt8>?) throws {
    refer(attempt.request)
    attempt.response.map { refer($0) }
    guard let asking else { throw EvidenceFault("the protocol does not say how models are asked") }
    guard let endpoint = asking[attempt.item.model] else {
      throw EvidenceFault("attempt \(attempt.number) asks a model that the protocol does not name")
    }
    if let probe = probes.revealed[attempt.item.probe] {
      let request = reader.request(
        for: attempt.item, probe: probe, endpoint: endpoint, sampling: asking.sampling(of: probe))
      guard request.url.utf8.elementsEqual(attempt.url.utf8) else {
        throw EvidenceFault("attempt \(attempt.number) was sent to another address than the protocol names")
      }
      guard Digest(of: request.body) == attempt.request else {
        throw EvidenceFault("the request of attempt \(attempt.number) is not what the protocol asks with this probe")
      }
      asked += 1
    } else {
      notBuilt += 1
    }
    guard let response = attempt.response, let status = attempt.status else {
      guard attempt.isFailed else { throw EvidenceFault("attempt \(attempt.number) has an answer and no response") }
      return unanswered += 1
    }
    guard found.hasBody(response), let said else { return withheld += 1 }
    let body = try source.bytes(EvidenceManifest.path(ofBody: response))
    guard let told = reader.answer(endpoint.dialect, status: status, body: body) else {
      if attempt.isFailed { return note(attempt) }
      throw Self.fault(attempt, "holds no answer, and one was analysed")
    }
    if attempt.isFailed {
      // A body that says that an answer was withheld has no words that anybody could hide; earlier versions knew fewer of them.
      if told.outcome == .filtered, told.answer.text.isEmpty, told.answer.reasoning == nil { return note(attempt) }
      guard attempt.wasCutOff(said: said, body: body.count) else {
        throw Self.fault(attempt, "holds an answer, and is told to have failed")
      }
      cutOff += 1
      return note(attempt)
    }
    let asked = attempt.keptAllTokens ? nil : asking.tokens(of: endpoint)
    guard told.outcome.rawValue == attempt.outcome, Self.says(told.answer, said, asked: asked) else {
      throw Self.fault(attempt, "says something else than what was analysed")
    }
    if told.answer.isPasted { pasted += 1 }
    note(attempt)
  }

  /// What an earlier version read of a response is not known here: were its word for it taken, whoever alters answers would
  /// claim to be one.
  private static func fault(_ attempt: EvidenceLog.Attempt, _ words: String) -> EvidenceFault {
    let earlier = """
      ; an earlier version read it, and read some responses otherwise: check with the version that the run names
      """
    return EvidenceFault(
      "the response to attempt \(attempt.number) \(words)\(StoredReading.mayDiffer(by: attempt.tool) ? earlier : "")")
  }

  /// - Parameter asked: nil for an attempt of a version that kept all tokens; the first ones did not keep the endpoint's name of a
  ///   response.
  private static func says(_ answer: Answer, _ said: some Collection<UInt8>, asked: AskedTokens?) -> Bool {
    func isSaid(_ answer: JSONValue) -> Bool { answer.canonical.utf8.elementsEqual(said) }
    let read = answer.reading(asked).json
    if isSaid(read) { return true }
    guard asked == nil, case .object(var members) = read, members.removeValue(forKey: "response_id") != nil else {
      return false
    }
    return isSaid(.object(members))
  }

  /// What is stored of a response is what it was read from, with a key masked in it or without.
  private mutating func note(_ attempt: EvidenceLog.Attempt) {
    read += 1
    if attempt.isRedacted { masked += 1 }
  }

  /// - Parameter log: with the checks of endpoints, whose bodies are referred to as well.
  mutating func finding(_ log: EvidenceLog) throws -> EvidenceCheck.Finding {
    guard let asking else { throw EvidenceFault("the protocol does not say how models are asked") }
    var (exchanges, findings) = (0, 0)
    for (seq, kind, json) in log.others where kind == .capability {
      func stranger() -> EvidenceFault {
        EvidenceFault("record \(seq) tells of a check of another endpoint than those of the protocol")
      }
      guard let endpoint = json["model"]?.string.flatMap({ asking[ModelID($0)] }) else { throw stranger() }
      findings += json["findings"]?.array?.count ?? 0
      for exchange in json["exchanges"]?.array ?? [] {
        guard let url = exchange["url"]?.string, Self.origin(url) == Self.origin(endpoint.url) else { throw stranger() }
        exchanges += 1
        for name in ["request", "response"] {
          exchange[name]?.string.flatMap(Digest.init(lowerHex:)).map { refer($0) }
        }
      }
    }
    asking.sets.forEach { refer($0) }
    asking.recorded.forEach { refer($0.digest) }
    try referPlanned(asking)
    if let stranger = isReferred.firstIndex(of: false) {
      throw EvidenceFault("the body \(found.body(stranger).hex) belongs to no attempt")
    }
    let notRead = [
      (notBuilt, "requests with probes that are sealed"), (withheld, "responses that are withheld"),
      (exchanges, "exchanges of checks of endpoints"),
      (findings, "findings of those checks, which are the operator's word"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let further = [
      (masked, ", in \(masked) of them a key was masked"), (unanswered, "; \(unanswered) attempts have none"),
      (cutOff, "; \(cutOff) responses hold an answer that by its time or length alone is told to have been cut off"),
      (pasted, "; \(pasted) were pasted by a person, whose word they are: no endpoint sent them"),
      (notRead.count, "; not read: \(notRead.joined(separator: ", "))"),
    ].filter { $0.0 > 0 }.map(\.1).joined()
    return .passed("\(asked) requests ask what was planned, \(read) responses say what was analysed\(further)")
  }

  /// Marks the bodies of planned requests as referred to: one that was in flight when the program ended is stored before any
  /// attempt names it.
  private mutating func referPlanned(_ asking: PlannedAsking) throws {
    guard isReferred.contains(false) else { return }
    try source.forEachLine(of: EvidenceLayout.plan) { line, _ in
      guard let item = JSONValue(parsing: Array(line)).flatMap(PlannedItem.init(json:)),
        let probe = probes.revealed[item.probe], let endpoint = asking[item.model]
      else { return }
      let request = reader.request(for: item, probe: probe, endpoint: endpoint, sampling: asking.sampling(of: probe))
      refer(Digest(of: request.body))
    }
  }

  private mutating func refer(_ digest: Digest) {
    if let place = found.bodyPlace(digest) { isReferred[place] = true }
  }

  /// Scheme, host and port.
  private static func origin(_ url: String) -> [UInt8] {
    let bytes = Array(url.utf8)
    let slash = UInt8(ascii: "/")
    guard let end = bytes.indices.dropFirst(2).first(where: { bytes[$0 - 1] == slash && bytes[$0 - 2] == slash }) else {
      return bytes
    }
    return Array(bytes[..<end] + bytes[end...].prefix { $0 != slash })
  }
}

extension EvidenceLog.Attempt {
  /// Milliseconds.
  private static let leastTimeout = 1_000

  /// Whether the record shows that a response which reads as a whole answer did not come whole.
  ///
  /// - Parameter body: bytes that came.
  fileprivate func wasCutOff(said: ArraySlice<UInt8>, body: Int) -> Bool {
    let detail = JSONValue(parsing: Array(said))?["detail"]?.string ?? ""
    if detail.utf8.elementsEqual("no complete response in time".utf8), let timeout {
      // A limit that every answer takes longer than shows nothing.
      guard timeout >= Self.leastTimeout else { return false }
      // Timers of two clocks may differ a little.
      return (endedNanoseconds - startedNanoseconds) / 1_000_000 >= timeout - 50
    }
    if detail.utf8.elementsEqual("response of more than \(Limits.responseBytes) bytes".utf8) {
      // What is kept of it has this length, unless a key was masked in it.
      return body == Limits.keptOfResponse || isRedacted && body >= Limits.keptOfResponse / 2
    }
    guard detail.utf8.starts(with: "response cut off: ".utf8) else { return false }
    let announced = (json["response_headers"]?.array ?? []).first {
      $0.array?.first?.string?.lowercased() == "content-length"
    }
    guard let words = announced?.array?.last?.string, words.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let length = Int(words)
    else { return false }
    return length > body
  }
}
