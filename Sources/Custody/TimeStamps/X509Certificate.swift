import Foundation
import SwiftASN1

/// As much of a certificate (RFC 5280) as the check of a time stamp needs.
///
/// Not swift-certificates: it reads no certificate whose key it has no use for, so that a file of anchors may turn out empty,
/// and a stamp without anchors is asked for its signature alone. Its policy of RFC 5280 takes a time of the past by an SPI or
/// a deprecated call, and refuses the critical key usage that RFC 3161 asks of authorities unless a policy of one's own
/// admits it; its CMS is an SPI too.
package struct X509Certificate: Hashable, Sendable {
  /// The whole of it.
  package let encoded: [UInt8]
  /// As they are encoded.
  let issuer: [UInt8]
  let subject: [UInt8]
  let serial: [UInt8]
  /// SubjectPublicKeyInfo, as it is encoded.
  let publicKey: [UInt8]
  private let from: Date
  private let until: Date
  private let signed: [UInt8]
  private let signatureAlgorithm: ASN1ObjectIdentifier?
  private let signature: [UInt8]
  /// By the content of their identifiers.
  private let extensions: [[UInt8]: [UInt8]]

  /// nil for anything but a certificate of version 1 or 3.
  package init?(_ bytes: [UInt8]) {
    guard let parts = ASN1Node(value: bytes)?.parts(), parts.count == 3, var fields = parts[0].parts(),
      let algorithm = parts[1].parts()?.first, algorithm.bytes(.objectIdentifier) != nil,
      let bits = parts[2].bytes(.bitString), bits.first == 0
    else { return nil }
    // The version; that of 1 is not written.
    if let version = fields.first?.parts(.context(0)) {
      guard version.count == 1, version[0].bytes(.integer) == [2] else { return nil }
      fields.removeFirst()
    }
    guard fields.count >= 6, let serial = fields[0].bytes(.integer), let times = fields[3].parts(), times.count == 2,
      let from = Self.date(times[0]), let until = Self.date(times[1])
    else { return nil }
    encoded = bytes
    self.serial = serial
    issuer = Array(fields[2].encodedBytes)
    subject = Array(fields[4].encodedBytes)
    publicKey = Array(fields[5].encodedBytes)
    self.from = from
    self.until = until
    signed = Array(parts[0].encodedBytes)
    signatureAlgorithm = algorithm.objectIdentifier
    signature = Array(bits.dropFirst())
    guard let extensions = Self.extensions(fields.dropFirst(6)) else { return nil }
    self.extensions = extensions
  }

  /// nil unless each is there once, and is critical by the one byte that DER has for it.
  private static func extensions(_ fields: ArraySlice<ASN1Node>) -> [[UInt8]: [UInt8]]? {
    guard let list = fields.lazy.compactMap({ $0.parts(.context(3)) }).first else { return [:] }
    guard let entries = list.first?.parts() else { return nil }
    var extensions: [[UInt8]: [UInt8]] = [:]
    for entry in entries {
      guard let parts = entry.parts(), (2...3).contains(parts.count), let name = parts[0].bytes(.objectIdentifier),
        let value = parts[parts.count - 1].bytes(.octetString), extensions[name] == nil,
        parts.count == 2 || parts[1].bytes(.boolean) == [0xFF]
      else { return nil }
      extensions[name] = value
    }
    return extensions
  }

  /// All certificates of a PEM file, in its order; the texts between them are ignored.
  ///
  /// - Returns: none if one of them cannot be read: nobody would be told that an authority is missing.
  package static func all(pem: [UInt8]) -> [X509Certificate] {
    let parts = pem.split(separator: Array("-----BEGIN CERTIFICATE-----".utf8), omittingEmptySubsequences: false)
    var found: [X509Certificate] = []
    for part in parts.dropFirst() {
      let halves = part.split(separator: Array("-----END CERTIFICATE-----".utf8), omittingEmptySubsequences: false)
      let written = Data(halves[0].filter { !" \t\r\n".utf8.contains($0) })
      guard halves.count == 2, let bytes = Data(base64Encoded: written), bytes.base64EncodedData() == written,
        let certificate = X509Certificate(Array(bytes))
      else { return [] }
      found.append(certificate)
    }
    return found
  }

  /// The last common name of the subject.
  var commonName: String? {
    let names = ASN1Node(value: subject)?.parts()?.compactMap { $0.parts(.set)?.first?.parts() } ?? []
    return names.last { $0.first?.objectIdentifier == .NameAttributes.commonName }?.last.map {
      String(decoding: $0.anyBytes, as: UTF8.self)
    }
  }

  /// Whether its extended key usage is time stamping.
  var isForTimeStamps: Bool {
    extensions[Self.extendedKeyUsage].flatMap { ASN1Node(value: $0)?.parts() }?.contains {
      $0.objectIdentifier == .timeStamping
    } == true
  }

  private var isAuthority: Bool {
    extensions[Self.basicConstraints].flatMap { ASN1Node(value: $0)?.parts() }?.first?.bytes(.boolean) == [0xFF]
  }

  /// Whether it is one of `anchors`, or signed by one, by way of at most four authorities among `others`; all valid then.
  func leads(to anchors: [X509Certificate], by others: [X509Certificate], at time: Date, depth: Int = 0) -> Bool {
    guard depth < 5, from <= time, time <= until else { return false }
    if anchors.contains(self) { return true }
    guard let signatureAlgorithm else { return false }
    return (anchors + others).contains {
      $0.subject == issuer && $0 != self && $0.isAuthority
        && PublicKeySignature.isValid(
          signature, of: signed, algorithm: signatureAlgorithm, digest: nil, key: $0.publicKey)
        && $0.leads(to: anchors, by: others, at: time, depth: depth + 1)
    }
  }

  /// 2.5.29.19 and 2.5.29.37.
  private static let basicConstraints: [UInt8] = [0x55, 0x1D, 0x13]
  private static let extendedKeyUsage: [UInt8] = [0x55, 0x1D, 0x25]

  private static func date(_ value: ASN1Node) -> Date? {
    CalendarTime.date(value, .utcTime) ?? CalendarTime.date(value, .generalizedTime)
  }
}

extension ASN1ObjectIdentifier {
  fileprivate static let timeStamping: ASN1ObjectIdentifier = "1.3.6.1.5.5.7.3.8"
}
