package import Formats

/// What is known of how a case was kept, for the report.
package struct CustodySummary: Hashable, Codable, Sendable {
  /// A head of the log that was signed.
  package struct SignedHead: Hashable, Codable, Sendable {
    package let size: Int
    /// Name of the key that the signature holds under.
    package let key: String
    /// As the notes say: their keys are not known here.
    package let cosigners: [String]
    package let timeStamps: [Stamp]

    enum CodingKeys: String, CodingKey {
      case size, key, cosigners
      case timeStamps = "time_stamps"
    }

    package init(size: Int, key: String, cosigners: [String], timeStamps: [Stamp]) {
      self.size = size
      self.key = key
      self.cosigners = cosigners
      self.timeStamps = timeStamps
    }
  }

  package struct Stamp: Hashable, Codable, Sendable {
    /// As the operator says.
    package let authority: String
    /// UTC, RFC 3339, as the authority states it.
    package let time: String

    package init(authority: String, time: String) {
      self.authority = authority
      self.time = time
    }
  }

  /// What is otherwise than the protocol, or changed after it was frozen.
  package struct Deviation: Hashable, Codable, Sendable {
    package let recorded: String
    package let what: String
    package let before: String?
    package let after: String?

    package init(recorded: String, what: String, before: String?, after: String?) {
      self.recorded = recorded
      self.what = what
      self.before = before
      self.after = after
    }
  }

  /// Who was at the other end of a connection, by the certificate that it proved to hold the key of.
  package struct Connection: Hashable, Codable, Comparable, Sendable {
    /// Host and port as they were asked for.
    package let host: String
    /// Such as `TLS 1.3`.
    package let version: String
    /// SHA-256 of its certificate and of the public key in it (SPKI).
    package let certificate: String
    package let publicKey: String

    enum CodingKeys: String, CodingKey {
      case host, version
      case certificate = "certificate_sha256"
      case publicKey = "spki_sha256"
    }

    package init(_ facts: ConnectionFacts) {
      host = facts.host
      version = facts.version
      certificate = facts.certificateDigest.hex
      publicKey = facts.publicKeyDigest.hex
    }

    package static func < (a: Self, b: Self) -> Bool {
      (a.host, a.version, a.certificate) < (b.host, b.version, b.certificate)
    }
  }

  /// What another clock said of the machine's own.
  package struct Clock: Hashable, Codable, Sendable {
    /// UTC, RFC 3339, by the machine's clock.
    package let recorded: String
    package let server: String
    /// Milliseconds that the machine's clock was behind it; nil if it did not answer.
    package let offset: Double?
    /// Milliseconds to the server and back: the offset is wrong by half of it at most.
    package let delay: Double?
    package let problem: String?

    /// Such as `ntp.example.org: +3.2 ms (round trip 14.0 ms)`: the sign is that of what must be added to the machine's clock.
    package var words: String {
      guard let offset, let delay else { return "\(server): \(problem ?? "no answer")" }
      func text(_ milliseconds: Double) -> String {
        // Evidence may say anything.
        let tenths = Int(min((milliseconds.magnitude * 10).rounded(), 1e15))
        return "\(tenths / 10).\(tenths % 10)"
      }
      return "\(server): \(offset < 0 ? "−" : "+")\(text(offset)) ms (round trip \(text(delay)) ms)"
    }

    enum CodingKeys: String, CodingKey {
      case recorded, server, problem
      case offset = "offset_ms"
      case delay = "delay_ms"
    }

    package init(_ reading: ClockReading, recorded: String) {
      self.recorded = recorded
      server = reading.server
      switch reading.outcome {
      case .answered(let offset, let delay, _):
        self.offset = Double(offset) / 1_000
        self.delay = Double(delay) / 1_000
        problem = nil
      case .failed(let words): (offset, delay, problem) = (nil, nil, words)
      }
    }
  }

  /// What the frozen protocol says of the work before it was done.
  package struct Planned: Hashable, Codable, Sendable {
    package let items: Int
    /// SHA-256 over the items of the plan in their order.
    package let plan: String
    package let probes: Int
    /// Merkle root over the probes' commitments.
    package let probeRoot: String
    /// Rules by which answers or models are left out, and when asking ends; empty if no analysis was planned.
    package let exclusions: [String]
    package let stopping: String
    /// What the answers are weighed against; nil in protocols that do not fix it.
    package let alternative: String?

    enum CodingKeys: String, CodingKey {
      case items, probes, exclusions, alternative
      case plan = "plan_sha256"
      case probeRoot = "probe_root"
      case stopping = "stopping_rule"
    }

    package init(
      items: Int, plan: String, probes: Int, probeRoot: String, exclusions: [String], stopping: String,
      alternative: String? = nil
    ) {
      self.items = items
      self.plan = plan
      self.probes = probes
      self.probeRoot = probeRoot
      self.exclusions = exclusions
      self.stopping = stopping
      self.alternative = alternative
    }

    package init?(protocol json: JSONValue) {
      guard let items = json["plan"]?["items"]?.integer, let plan = json["plan"]?["sha256"]?.string,
        let probes = json["probes"]?["count"]?.integer, let root = json["probes"]?["root"]?.string
      else { return nil }
      self.init(
        items: items, plan: plan, probes: probes, probeRoot: root,
        exclusions: (json["analysis"]?["exclusions"]?.array ?? []).compactMap(\.string),
        stopping: json["analysis"]?["stopping_rule"]?.string ?? "",
        alternative: json["analysis"]?["alternative"]?.string)
    }
  }

  /// SHA-256 of the protocol as it stands in the log.
  package let protocolDigest: String
  /// When it was frozen, by the clock of the machine.
  package let frozen: String
  package let records: Int
  /// Merkle root over all records.
  package let root: String
  package let checkpoints: [SignedHead]
  package let deviations: [Deviation]
  /// Each once; nil if none was encrypted, or the transport told nothing.
  package let connections: [Connection]?
  /// In the order of the log; nil if no clock was asked.
  package let clocks: [Clock]?
  package let planned: Planned?

  package init(
    protocolDigest: String, frozen: String, records: Int, root: String, checkpoints: [SignedHead],
    deviations: [Deviation], connections: [Connection], clocks: [Clock], planned: Planned?
  ) {
    self.protocolDigest = protocolDigest
    self.frozen = frozen
    self.records = records
    self.root = root
    self.checkpoints = checkpoints
    self.deviations = deviations
    self.connections = connections.isEmpty ? nil : connections
    self.clocks = clocks.isEmpty ? nil : clocks
    self.planned = planned
  }

  enum CodingKeys: String, CodingKey {
    case frozen, records, root, checkpoints, deviations, connections, clocks, planned
    case protocolDigest = "protocol_sha256"
  }
}
