import ArgumentParser
import CaseFile
import Cases
import Custody
import Formats
import Probing
import Terminal

/// Who signs the log of a run, and who says when.
struct CustodyOptions: ParsableArguments {
  @Option(help: "Private key that signs the log of the case while it grows (retort key new).")
  var key: String?

  @Option(help: "Time-stamping authority (RFC 3161) by its URL; may be given several times. Needs --key.")
  var timeStamp: [String] = []

  @Option(
    help: "Certificates (PEM) that the stamps of --time-stamp must lead to; the protocol of a new case holds them.")
  var timeStampCertificates: String?

  @Option(
    help: "Server (HOST or HOST:PORT) that tells, by SNTP, how far the clock is off at the start and the end; recorded."
  )
  var ntp: [String] = []

  func validate() throws {
    _ = try clocks()
    guard timeStamp.isEmpty || key != nil else {
      throw ValidationError("--time-stamp stamps what is signed: add --key.")
    }
    guard timeStampCertificates == nil || !timeStamp.isEmpty else {
      throw ValidationError("--time-stamp-certificates are those of --time-stamp: add it.")
    }
    try Self.check(timeStamp)
  }

  func chosen() throws -> RunCustody? {
    try key.map {
      let certificates = try timeStampCertificates.map {
        try Self.certificates($0, option: "--time-stamp-certificates")
      }
      return RunCustody(
        key: try SigningKey.read(file: $0),
        authorities: timeStamp.map { PlannedCustody.Authority(url: $0, certificates: certificates ?? []) })
    }
  }

  static func certificates(_ file: String, option: String) throws -> [X509Certificate] {
    let found = X509Certificate.all(pem: try FileBytes.read(file, upTo: Limits.vouchingBytes))
    guard !found.isEmpty else {
      throw UsageError.badValue(option: option, value: file, expected: "a file of certificates in PEM")
    }
    return found
  }

  func clocks() throws -> [NetworkTime] {
    try ntp.map {
      guard let server = NetworkTime($0) else { throw ValidationError("--ntp \($0): must be HOST or HOST:PORT.") }
      return server
    }
  }

  static func check(_ authorities: [String]) throws {
    for url in authorities where Endpoint.host(of: url) == nil {
      throw ValidationError("--time-stamp \(url): must be an http or https URL.")
    }
  }
}
