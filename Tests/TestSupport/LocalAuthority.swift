import Foundation

/// A time-stamping authority of one's own, made and served by openssl: an implementation that shares nothing with ours.
package struct LocalAuthority: Sendable {
  package static let note = "skipped: openssl is not here"

  package static let openssl: String? = ["/usr/bin/openssl", "/opt/homebrew/bin/openssl", "/usr/local/bin/openssl"]
    .first(where: FileManager.default.isExecutableFile)

  package static var isHere: Bool { openssl != nil }

  package enum KeyKind: String, CaseIterable, Sendable { case rsa, p256, p384 }

  let folder: String
  /// Certificate of the authority's own authority, in PEM.
  package var anchor: String { "\(folder)/ca.pem" }
  /// For `openssl ts -reply -config`.
  package var configuration: String { "\(folder)/tsa.cnf" }

  /// - Parameters:
  ///   - folder: exists, and is emptied by whoever made it.
  ///   - above: what openssl is told of the key of the authority's own authority; nil is one of the same kind.
  package init(in folder: String, key: KeyKind = .rsa, above: [String]? = nil) throws {
    self.folder = folder
    let new =
      switch key {
      case .rsa: ["-newkey", "rsa:2048"]
      case .p256: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
      case .p384: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"]
      }
    try write("extendedKeyUsage = critical, timeStamping\n", to: "usage")
    try write("01\n", to: "serial")
    try write(
      """
      [tsa]
      default_tsa = local
      [local]
      serial = \(folder)/serial
      signer_cert = \(folder)/tsa.pem
      certs = \(folder)/ca.pem
      signer_key = \(folder)/tsa.key
      signer_digest = sha256
      default_policy = 1.2.3.4.1
      digests = sha256, sha384, sha512
      ess_cert_id_alg = sha256
      accuracy = secs:1
      ordering = yes
      tsa_name = yes

      """, to: "tsa.cnf")
    try Self.run(
      ["req", "-x509", "-nodes", "-days", "3650", "-subj", "/CN=Local CA"] + (above ?? new)
        + ["-keyout", "\(folder)/ca.key", "-out", anchor])
    try Self.run(
      ["req", "-nodes", "-subj", "/CN=Local time stamps"] + new
        + ["-keyout", "\(folder)/tsa.key", "-out", "\(folder)/tsa.csr"])
    try Self.run([
      "x509", "-req", "-in", "\(folder)/tsa.csr", "-CA", anchor, "-CAkey", "\(folder)/ca.key", "-CAcreateserial",
      "-days", "3650", "-extfile", "\(folder)/usage", "-out", "\(folder)/tsa.pem",
    ])
  }

  /// The response to a request.
  package func reply(to request: [UInt8]) throws -> [UInt8] {
    try Data(request).write(to: URL(fileURLWithPath: "\(folder)/request"))
    try Self.run([
      "ts", "-reply", "-config", configuration, "-queryfile", "\(folder)/request", "-out", "\(folder)/response",
    ])
    return Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/response")))
  }

  /// Whether openssl accepts a response for these bytes.
  package func accepts(_ response: [UInt8], for message: [UInt8]) throws -> Bool {
    try Data(response).write(to: URL(fileURLWithPath: "\(folder)/response"))
    try Data(message).write(to: URL(fileURLWithPath: "\(folder)/message"))
    let arguments = [
      "ts", "-verify", "-in", "\(folder)/response", "-data", "\(folder)/message", "-CAfile", anchor,
    ]
    return (try? Self.run(arguments)) != nil
  }

  /// What openssl reads in a request.
  package func text(ofRequest request: [UInt8]) throws -> String {
    try Data(request).write(to: URL(fileURLWithPath: "\(folder)/request"))
    return try Self.run(["ts", "-query", "-in", "\(folder)/request", "-text"])
  }

  @discardableResult
  fileprivate static func run(_ arguments: [String]) throws -> String {
    let output = FileManager.default.temporaryDirectory.appendingPathComponent("retort-\(UUID().uuidString)")
    try Data().write(to: output)
    defer { try? FileManager.default.removeItem(at: output) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: openssl ?? "/usr/bin/false")
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(arguments: arguments) }
    return String(decoding: try Data(contentsOf: output), as: UTF8.self)
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  package struct Failure: Error {
    let arguments: [String]
  }
}

/// A certificate for `localhost` that signs itself, with its key: for a server of TLS.
package struct LocalCertificate: Sendable {
  /// PEM.
  package let file: String
  package let keyFile: String

  /// - Parameters:
  ///   - folder: exists, and is emptied by whoever made it.
  ///   - subject: who the certificate says that it is of.
  package init(in folder: String, key: LocalAuthority.KeyKind = .rsa, subject: String = "localhost") throws {
    let name = "\(folder)/\(UUID().uuidString)"
    (file, keyFile) = ("\(name).pem", "\(name).key")
    let new = key == .rsa ? ["-newkey", "rsa:2048"] : ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    try LocalAuthority.run(
      ["req", "-x509", "-nodes", "-days", "3650", "-subj", "/CN=\(subject)", "-addext", "subjectAltName=DNS:localhost"]
        + new + ["-keyout", keyFile, "-out", file])
  }

  /// The certificate as openssl writes it in DER.
  package func der() throws -> [UInt8] { try output(["x509", "-in", file, "-outform", "DER"]) }

  /// Its SubjectPublicKeyInfo, as openssl takes it out.
  package func publicKey() throws -> [UInt8] {
    try LocalAuthority.run(["x509", "-in", file, "-noout", "-pubkey", "-out", file + ".pub"])
    return try output(["pkey", "-pubin", "-in", file + ".pub", "-outform", "DER"])
  }

  private func output(_ arguments: [String]) throws -> [UInt8] {
    try LocalAuthority.run(arguments + ["-out", file + ".out"])
    return Array(try Data(contentsOf: URL(fileURLWithPath: file + ".out")))
  }
}
