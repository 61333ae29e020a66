import Crypto
import CryptoExtras
import SwiftASN1

/// Signatures of time-stamping authorities: RSA (PKCS #1 v1.5) and ECDSA on the NIST curves, with SHA-256, 384 or 512.
enum PublicKeySignature {
  /// - Parameters:
  ///   - algorithm: identifier of the signature's algorithm, which may leave the digest open.
  ///   - digest: identifier of the digest; nil takes the one that the algorithm names, which it must equal otherwise.
  ///   - key: SubjectPublicKeyInfo.
  static func isValid(
    _ signature: [UInt8], of message: [UInt8], algorithm: ASN1ObjectIdentifier, digest: ASN1ObjectIdentifier?,
    key: [UInt8]
  ) -> Bool {
    guard let known = algorithms[algorithm], let named = known.digest ?? digest, digest.map({ $0 == named }) ?? true
    else {
      return false
    }
    return switch named {
    case .sha256: isValid(signature, SHA256.hash(data: message), isRSA: known.isRSA, key: key)
    case .sha384: isValid(signature, SHA384.hash(data: message), isRSA: known.isRSA, key: key)
    case .sha512: isValid(signature, SHA512.hash(data: message), isRSA: known.isRSA, key: key)
    default: false
    }
  }

  static func digest(of message: [UInt8], _ algorithm: ASN1ObjectIdentifier) -> [UInt8]? {
    switch algorithm {
    case .sha256: Array(SHA256.hash(data: message))
    case .sha384: Array(SHA384.hash(data: message))
    case .sha512: Array(SHA512.hash(data: message))
    default: nil
    }
  }

  /// What there is: rsaEncryption and ecPublicKey leave the digest open.
  private static let algorithms: [ASN1ObjectIdentifier: (isRSA: Bool, digest: ASN1ObjectIdentifier?)] = [
    .AlgorithmIdentifier.rsaEncryption: (true, nil), .AlgorithmIdentifier.sha256WithRSAEncryption: (true, .sha256),
    .AlgorithmIdentifier.sha384WithRSAEncryption: (true, .sha384),
    .AlgorithmIdentifier.sha512WithRSAEncryption: (true, .sha512), .AlgorithmIdentifier.idEcPublicKey: (false, nil),
    "1.2.840.10045.4.3.2": (false, .sha256), "1.2.840.10045.4.3.3": (false, .sha384),
    "1.2.840.10045.4.3.4": (false, .sha512),
  ]

  private static func isValid(
    _ signature: [UInt8], _ digest: some Crypto.Digest, isRSA: Bool, key: [UInt8]
  ) -> Bool {
    if isRSA {
      guard let key = try? _RSA.Signing.PublicKey(derRepresentation: key) else { return false }
      return key.isValidSignature(.init(rawRepresentation: signature), for: digest, padding: .insecurePKCS1v1_5)
    }
    if let key = try? P256.Signing.PublicKey(derRepresentation: key) {
      return (try? P256.Signing.ECDSASignature(derRepresentation: signature)).map {
        key.isValidSignature($0, for: digest)
      } ?? false
    }
    if let key = try? P384.Signing.PublicKey(derRepresentation: key) {
      return (try? P384.Signing.ECDSASignature(derRepresentation: signature)).map {
        key.isValidSignature($0, for: digest)
      } ?? false
    }
    if let key = try? P521.Signing.PublicKey(derRepresentation: key) {
      return (try? P521.Signing.ECDSASignature(derRepresentation: signature)).map {
        key.isValidSignature($0, for: digest)
      } ?? false
    }
    return false
  }
}

extension ASN1ObjectIdentifier {
  static let sha256: ASN1ObjectIdentifier = "2.16.840.1.101.3.4.2.1"
  static let sha384: ASN1ObjectIdentifier = "2.16.840.1.101.3.4.2.2"
  static let sha512: ASN1ObjectIdentifier = "2.16.840.1.101.3.4.2.3"
}
