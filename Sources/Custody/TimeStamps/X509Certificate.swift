import Foundation

/// As much of a certificate (RFC 5280) as the check of a time stamp needs.
///
/// Not swift-certificates: its policy of RFC 5280 takes a time of the past by an SPI or a deprecated call alone, and refuses the
/// critical key usage that RFC 3161 asks of authorities unless a policy of one's own admits it; its CMS is an SPI too. What would be left
/// to it is shorter here than the way to it.
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
  private let signatureAlgorithm: String
  private let signature: [UInt8]
  private let extensions: [String: [UInt8]]

  /// nil for anything but a certificate.
  package init?(_ bytes: [UInt8]) {
    typealias Tag = DERValue.Tag
    guard let parts = DERValue(bytes)?.parts(Tag.sequence), parts.count == 3, var fields = parts[0].parts(Tag.sequence),
      let algorithm = parts[1].parts(Tag.sequence)?.first?.identifier, let bits = parts[2].bytes(Tag.bitString),
      bits.first == 0
    else { return nil }
    if fields.first?.tag == Tag.context0 { fields.removeFirst() }
    guard fields.count >= 6, let serial = fields[0].bytes(Tag.integer), let times = fields[3].parts(Tag.sequence),
      times.count == 2, let from = Self.date(times[0]), let until = Self.date(times[1])
    else { return nil }
    encoded = bytes
    self.serial = serial
    issuer = Array(fields[2].whole)
    subject = Array(fields[4].whole)
    publicKey = Array(fields[5].whole)
    self.from = from
    self.until = until
    signed = Array(parts[0].whole)
    signatureAlgorithm = algorithm
    signature = Array(bits.dropFirst())
    var extensions: [String: [UInt8]] = [:]
    for part in fields.dropFirst(6).first(where: { $0.tag == 0xA3 })?.parts?.first?.parts(Tag.sequence) ?? [] {
      guard let entry = part.parts(Tag.sequence), let name = entry.first?.identifier,
        let value = entry.last?.bytes(Tag.octetString)
      else { continue }
      extensions[name] = value
    }
    self.extensions = extensions
  }

  /// All certificates of a PEM file, in its order; the texts between them are ignored.
  package static func all(pem: [UInt8]) -> [X509Certificate] {
    let text = String(decoding: pem, as: UTF8.self)
    return text.components(separatedBy: "-----BEGIN CERTIFICATE-----").dropFirst().compactMap { part in
      part.components(separatedBy: "-----END CERTIFICATE-----").first.flatMap {
        Data(base64Encoded: $0, options: .ignoreUnknownCharacters)
      }.flatMap { X509Certificate(Array($0)) }
    }
  }

  /// The last common name of the subject.
  var commonName: String? {
    let names = DERValue(subject)?.parts?.compactMap { $0.parts?.first?.parts } ?? []
    return names.last { $0.first?.identifier == "2.5.4.3" }?.last.map { String(decoding: $0.content, as: UTF8.self) }
  }

  /// Whether its extended key usage is time stamping.
  var isForTimeStamps: Bool {
    extensions["2.5.29.37"].flatMap { DERValue($0)?.parts }?.contains { $0.identifier == "1.3.6.1.5.5.7.3.8" } == true
  }

  private var isAuthority: Bool {
    extensions["2.5.29.19"].flatMap { DERValue($0)?.parts }?.first?.bytes(DERValue.Tag.boolean) == [0xFF]
  }

  /// Whether it is one of `anchors`, or signed by one, by way of at most four authorities among `others`; all valid then.
  func leads(to anchors: [X509Certificate], by others: [X509Certificate], at time: Date, depth: Int = 0) -> Bool {
    guard depth < 5, from <= time, time <= until else { return false }
    if anchors.contains(self) { return true }
    return (anchors + others).contains {
      $0.subject == issuer && $0 != self && $0.isAuthority
        && PublicKeySignature.isValid(
          signature, of: signed, algorithm: signatureAlgorithm, digest: nil, key: $0.publicKey)
        && $0.leads(to: anchors, by: others, at: time, depth: depth + 1)
    }
  }

  private static func date(_ value: DERValue) -> Date? {
    switch value.tag {
    case DERValue.Tag.utcTime: CalendarTime.date(Array(value.content), digitsOfYear: 2)
    case DERValue.Tag.generalizedTime: CalendarTime.date(Array(value.content), digitsOfYear: 4)
    default: nil
    }
  }
}
