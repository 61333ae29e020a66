package import Formats
import Foundation

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
  package init?(record: JSONValue) {
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

  /// As the log tells it.
  package var members: [String: JSONValue] {
    var members: [String: JSONValue] = [
      "host": .string(host), "version": .string(version),
      "certificate": .string(Data(certificate).base64EncodedString()),
      "certificate_sha256": .string(certificateDigest.hex), "spki_sha256": .string(publicKeyDigest.hex),
    ]
    if let address { members["address"] = .string(address) }
    return members
  }
}
