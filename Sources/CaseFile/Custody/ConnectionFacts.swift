package import Foundation
import GRDB

/// What TLS showed of the other end of a connection (RFC 8446): it holds the key of this certificate.
///
/// It says which key answered, not which model. The certificates above it are not in here: the transport gives the leaf only.
package struct ConnectionFacts: Hashable, Sendable {
  /// Host and port as they were asked for, such as `api.example.com:443`.
  package let host: String
  /// Address and port that the connection goes to; nil where the system does not tell.
  package let address: String?
  /// Such as `TLS 1.3`.
  package let version: String
  /// DER, so that an opponent can read names, dates and issuer in it.
  package let certificate: [UInt8]
  /// SHA-256 of the certificate's SubjectPublicKeyInfo (RFC 7469, 2.4), which outlives a renewal with the same key.
  package let publicKeyDigest: Digest

  package init(host: String, address: String?, version: String, certificate: [UInt8], publicKeyDigest: Digest) {
    self.host = host
    self.address = address
    self.version = version
    self.certificate = certificate
    self.publicKeyDigest = publicKeyDigest
  }

  package var certificateDigest: Digest { Digest(of: certificate) }

  /// nil unless the record is one of a connection, with the certificate that it states the digest of.
  init?(record: JSONValue) {
    guard let host = record["host"]?.string, let version = record["version"]?.string,
      let stated = record["certificate"]?.string, let certificate = Data(base64Encoded: stated),
      certificate.base64EncodedString() == stated,
      let publicKey = record["spki_sha256"]?.string.flatMap(Digest.init(hex:)),
      Digest(of: certificate).hex == record["certificate_sha256"]?.string
    else { return nil }
    self.init(
      host: host, address: record["address"]?.string, version: version, certificate: Array(certificate),
      publicKeyDigest: publicKey)
  }

  fileprivate var members: [String: JSONValue] {
    var members: [String: JSONValue] = [
      "host": .string(host), "version": .string(version),
      "certificate": .string(Data(certificate).base64EncodedString()),
      "certificate_sha256": .string(certificateDigest.hex), "spki_sha256": .string(publicKeyDigest.hex),
    ]
    if let address { members["address"] = .string(address) }
    return members
  }
}

/// The machine's clock beside that of a server, once.
package struct ClockReading: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    /// Microseconds: how far the machine's clock was behind, and how long the way there and back took; and how many steps the
    /// server is from a clock of its own.
    case answered(offset: Int, delay: Int, stratum: Int)
    case failed(String)
  }

  /// When in a run it was made.
  package enum Moment: String, Hashable, Sendable { case begin, end }

  /// Host and port.
  package let server: String
  package let moment: Moment
  package let outcome: Outcome

  package init(server: String, moment: Moment, outcome: Outcome) {
    self.server = server
    self.moment = moment
    self.outcome = outcome
  }

  init?(record: JSONValue) {
    guard let server = record["server"]?.string, let moment = record["moment"]?.string.flatMap(Moment.init) else {
      return nil
    }
    if let problem = record["problem"]?.string {
      self.init(server: server, moment: moment, outcome: .failed(problem))
    } else if let offset = record["offset_us"]?.integer, let delay = record["delay_us"]?.integer,
      let stratum = record["stratum"]?.integer
    {
      self.init(
        server: server, moment: moment, outcome: .answered(offset: offset, delay: delay, stratum: stratum))
    } else {
      return nil
    }
  }

  fileprivate var members: [String: JSONValue] {
    var members: [String: JSONValue] = ["server": .string(server), "moment": .string(moment.rawValue)]
    switch outcome {
    case .answered(let offset, let delay, let stratum):
      members["offset_us"] = .integer(offset)
      members["delay_us"] = .integer(delay)
      members["stratum"] = .integer(stratum)
    case .failed(let words): members["problem"] = .string(words)
    }
    return members
  }
}

extension CaseStore {
  /// Adds what a connection showed to the log. On the disk when this returns.
  package func record(_ facts: ConnectionFacts, at time: Date) throws {
    try write {
      try Self.log(.connection, facts.members.merging(["recorded": .string(UTCTime.text(time))]) { a, _ in a }, in: $0)
    }
  }

  package func record(_ reading: ClockReading, at time: Date) throws {
    try write {
      try Self.log(.clock, reading.members.merging(["recorded": .string(UTCTime.text(time))]) { a, _ in a }, in: $0)
    }
  }

  /// Whether the log says, after its last attempt, that a server gave no answer.
  package func hasRecordedFailure(of server: String) throws -> Bool {
    try read { db in
      let texts = try String.fetchAll(
        db,
        sql: """
          SELECT content FROM record WHERE kind = 'clock'
          AND seq > (SELECT coalesce(max(seq), 0) FROM record WHERE kind = 'attempt')
          """)
      return texts.contains {
        let json = JSONValue(parsing: $0)
        return json?["server"]?.string == server && json?["problem"] != nil
      }
    }
  }
}
