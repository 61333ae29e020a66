import Formats
package import Foundation

/// What a time-stamping authority answers (RFC 3161, 2.4.2): a signed statement that it saw a digest at a time.
package struct TimeStampToken: Hashable, Sendable {
  let imprint: Digest
  let nonce: [UInt8]?
  /// UTC, to the second.
  package let time: Date
  /// The statement as it was signed.
  let statement: [UInt8]
  let signer: Signer
  let certificates: [X509Certificate]

  struct Signer: Hashable, Sendable {
    /// Issuer's name and serial number of the signing certificate, as they are encoded.
    let issuer: [UInt8]
    let serial: [UInt8]
    let digestAlgorithm: String
    /// Signed in place of the statement; holds its digest.
    let attributes: DERValue
    let signatureAlgorithm: String
    let signature: [UInt8]
  }

  /// nil for anything but a response that grants a stamp with a SHA-256 digest and one signature.
  package init?(response: [UInt8]) {
    typealias Tag = DERValue.Tag
    guard let parts = DERValue(response)?.parts(Tag.sequence), parts.count == 2,
      let status = parts[0].parts(Tag.sequence)?.first?.bytes(Tag.integer), status == [0] || status == [1],
      let content = parts[1].parts(Tag.sequence), content.count == 2,
      content[0].identifier == "1.2.840.113549.1.7.2",
      let data = content[1].parts(Tag.context0)?.first?.parts(Tag.sequence), data.count >= 4,
      let capsule = data[2].parts(Tag.sequence), capsule.count == 2,
      capsule[0].identifier == "1.2.840.113549.1.9.16.1.4",
      let statement = capsule[1].parts(Tag.context0)?.first?.bytes(Tag.octetString),
      let info = DERValue(statement)?.parts(Tag.sequence), info.count >= 5,
      let imprint = Self.imprint(info[2]), let time = Self.date(info[4]),
      let signers = data.last?.parts(Tag.set), signers.count == 1, let signer = Signer(signers[0])
    else { return nil }
    self.imprint = imprint
    self.time = time
    self.statement = statement
    self.signer = signer
    nonce = info.dropFirst(5).first { $0.tag == Tag.integer }.map { Array($0.content.drop { $0 == 0 }) }
    certificates =
      data.dropFirst(3).first { $0.tag == Tag.context0 }?.parts?.compactMap { X509Certificate(Array($0.whole)) } ?? []
  }

  /// Whether it answers this request, for these bytes.
  package func answers(_ request: TimeStampRequest, for message: [UInt8]) -> Bool {
    imprint == Digest(of: message) && request.imprint == imprint && nonce == request.nonce
  }

  package enum Trust: Hashable, Sendable {
    /// Signed, and the certificate leads to one that is trusted.
    case trusted(signer: String)
    /// Signed by the certificate that it carries; whose that is was not asked.
    case signed(signer: String)
    case notSigned
    /// Signed, but the certificate leads to none that is trusted, was not valid then, or is not for time stamps.
    case notTrusted(signer: String)
  }

  /// - Parameter anchors: certificates of authorities that are trusted; none asks only for the signature.
  package func trust(anchors: [X509Certificate]) -> Trust {
    let issuerAndSerial = (signer.issuer, signer.serial)
    guard
      let certificate = (certificates + anchors).first(where: {
        ($0.issuer, $0.serial) == issuerAndSerial
      }), let attributes = signer.attributes.parts, let digest = Self.messageDigest(attributes),
      let computed = PublicKeySignature.digest(of: statement, signer.digestAlgorithm), digest == computed,
      // The attributes are signed as a SET, whatever tag they carry where they stand.
      PublicKeySignature.isValid(
        signer.signature, of: [DERValue.Tag.set] + signer.attributes.whole.dropFirst(),
        algorithm: signer.signatureAlgorithm,
        digest: signer.digestAlgorithm, key: certificate.publicKey)
    else { return .notSigned }
    let name = certificate.commonName ?? "an authority without a name"
    guard !anchors.isEmpty else { return .signed(signer: name) }
    let leads = certificate.isForTimeStamps && certificate.leads(to: anchors, by: certificates, at: time)
    return leads ? .trusted(signer: name) : .notTrusted(signer: name)
  }

  /// The digest in a MessageImprint, if it is a SHA-256.
  static func imprint(_ value: DERValue) -> Digest? {
    guard let parts = value.parts(DERValue.Tag.sequence), parts.count == 2,
      parts[0].parts(DERValue.Tag.sequence)?.first?.identifier == "2.16.840.1.101.3.4.2.1"
    else { return nil }
    return parts[1].bytes(DERValue.Tag.octetString).flatMap { Digest(stored: $0) }
  }

  /// nil unless there is one, as there must be (RFC 5652, 11.2).
  private static func messageDigest(_ attributes: [DERValue]) -> [UInt8]? {
    let values = attributes.compactMap { $0.parts(DERValue.Tag.sequence) }.filter {
      $0.first?.identifier == "1.2.840.113549.1.9.4"
    }
    guard values.count == 1, values[0].count == 2, let digests = values[0][1].parts(DERValue.Tag.set),
      digests.count == 1
    else { return nil }
    return digests[0].bytes(DERValue.Tag.octetString)
  }

  /// `20261123124410Z`, with a fraction of seconds or without.
  static func date(_ value: DERValue) -> Date? {
    guard value.tag == DERValue.Tag.generalizedTime else { return nil }
    return CalendarTime.date(Array(value.content), digitsOfYear: 4)
  }
}

extension TimeStampToken.Signer {
  fileprivate init?(_ value: DERValue) {
    typealias Tag = DERValue.Tag
    guard let parts = value.parts(Tag.sequence), parts.count >= 6,
      let id = parts[1].parts(Tag.sequence), id.count == 2,
      let digest = parts[2].parts(Tag.sequence)?.first?.identifier, parts[3].tag == Tag.context0,
      let algorithm = parts[4].parts(Tag.sequence)?.first?.identifier, let bytes = parts[5].bytes(Tag.octetString)
    else { return nil }
    issuer = Array(id[0].whole)
    serial = Array(id[1].content)
    digestAlgorithm = digest
    attributes = parts[3]
    signatureAlgorithm = algorithm
    signature = bytes
  }
}
