import Formats
package import Foundation
import SwiftASN1

/// What a time-stamping authority answers (RFC 3161, 2.4.2): a signed statement that it saw a digest at a time.
package struct TimeStampToken: Hashable, Sendable {
  let imprint: Digest
  let nonce: [UInt8]?
  /// UTC, to the second.
  package let time: Date
  /// The statement as it was signed.
  let statement: [UInt8]
  let signer: Signer
  package let certificates: [X509Certificate]

  struct Signer: Hashable, Sendable {
    /// Issuer's name and serial number of the signing certificate, as they are encoded.
    let issuer: [UInt8]
    let serial: [UInt8]
    let digestAlgorithm: ASN1ObjectIdentifier
    /// Signed in place of the statement; holds its digest.
    let attributes: ASN1Node
    let signatureAlgorithm: ASN1ObjectIdentifier
    let signature: [UInt8]
  }

  /// nil for anything but a response that grants a stamp with a SHA-256 digest and one signature.
  package init?(response: [UInt8]) {
    guard let parts = ASN1Node(value: response)?.parts(), parts.count == 2,
      let status = parts[0].parts()?.first?.bytes(.integer), status == [0] || status == [1],
      let content = parts[1].parts(), content.count == 2, content[0].objectIdentifier == .signedData,
      let data = content[1].parts(.context(0))?.first?.parts(), data.count >= 4,
      let capsule = data[2].parts(), capsule.count == 2, capsule[0].objectIdentifier == .timeStampInfo,
      let statement = capsule[1].parts(.context(0))?.first?.bytes(.octetString),
      let info = ASN1Node(value: statement)?.parts(), info.count >= 5,
      let imprint = Self.imprint(info[2]), let time = CalendarTime.date(info[4], .generalizedTime),
      let signers = data.last?.parts(.set), signers.count == 1, let signer = Signer(signers[0])
    else { return nil }
    self.imprint = imprint
    self.time = time
    self.statement = statement
    self.signer = signer
    nonce = info.dropFirst(5).lazy.compactMap { $0.bytes(.integer) }.first.map { Array($0.drop { $0 == 0 }) }
    certificates =
      data.dropFirst(3).lazy.compactMap { $0.parts(.context(0)) }.first?.compactMap { value in
        // In DER: whoever holds evidence can write its outer lengths anew.
        (try? DER.parse(value.encodedBytes)) == nil ? nil : X509Certificate(Array(value.encodedBytes))
      } ?? []
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
      }), let attributes = signer.attributes.parts(.context(0)), let digest = Self.messageDigest(attributes),
      let computed = PublicKeySignature.digest(of: statement, signer.digestAlgorithm), digest == computed,
      // The attributes are signed as a SET, whatever tag they carry where they stand.
      PublicKeySignature.isValid(
        signer.signature, of: [0x31] + signer.attributes.encodedBytes.dropFirst(),
        algorithm: signer.signatureAlgorithm,
        digest: signer.digestAlgorithm, key: certificate.publicKey)
    else { return .notSigned }
    let name = certificate.commonName ?? "an authority without a name"
    guard !anchors.isEmpty else { return .signed(signer: name) }
    let leads = certificate.isForTimeStamps && certificate.leads(to: anchors, by: certificates, at: time)
    return leads ? .trusted(signer: name) : .notTrusted(signer: name)
  }

  /// The digest in a MessageImprint, if it is a SHA-256.
  static func imprint(_ value: ASN1Node) -> Digest? {
    guard let parts = value.parts(), parts.count == 2, parts[0].parts()?.first?.objectIdentifier == .sha256
    else { return nil }
    return parts[1].bytes(.octetString).flatMap { Digest(stored: $0) }
  }

  /// nil unless there is one, as there must be (RFC 5652, 11.2).
  private static func messageDigest(_ attributes: [ASN1Node]) -> [UInt8]? {
    let values = attributes.compactMap { $0.parts() }.filter { $0.first?.objectIdentifier == .messageDigest }
    guard values.count == 1, values[0].count == 2, let digests = values[0][1].parts(.set), digests.count == 1
    else { return nil }
    return digests[0].bytes(.octetString)
  }
}

extension TimeStampToken.Signer {
  fileprivate init?(_ value: ASN1Node) {
    guard let parts = value.parts(), parts.count >= 6, let id = parts[1].parts(), id.count == 2,
      let digest = parts[2].parts()?.first?.objectIdentifier, parts[3].parts(.context(0)) != nil,
      let algorithm = parts[4].parts()?.first?.objectIdentifier, let bytes = parts[5].bytes(.octetString)
    else { return nil }
    issuer = Array(id[0].encodedBytes)
    serial = id[1].anyBytes
    digestAlgorithm = digest
    attributes = parts[3]
    signatureAlgorithm = algorithm
    signature = bytes
  }
}

extension ASN1ObjectIdentifier {
  fileprivate static let signedData: ASN1ObjectIdentifier = "1.2.840.113549.1.7.2"
  fileprivate static let messageDigest: ASN1ObjectIdentifier = "1.2.840.113549.1.9.4"
  fileprivate static let timeStampInfo: ASN1ObjectIdentifier = "1.2.840.113549.1.9.16.1.4"
}
