import SwiftASN1

/// Values of ASN.1 as both verifiers read them from untrusted bytes: by the grammar of `VERIFY.md`, which stands between BER and DER.
extension ASN1Node {
  /// The one value that these bytes are, and what it is made of to the bottom; nil for anything else.
  ///
  /// A stamp is DER where it is signed; around that, authorities write lengths that are not the shortest, which `DER.parse`
  /// refuses. What `BER.parse` reads beyond that is refused here. SwiftASN1 itself refuses values nested deeper than 50 and
  /// the tag 0, and so does the second verifier.
  init?(value bytes: [UInt8]) {
    guard let node = try? BER.parse(bytes), node.isInGrammar else { return nil }
    self = node
  }

  /// The values that it is made of; nil unless it has that tag and is made of values.
  func parts(_ tag: ASN1Identifier = .sequence) -> [ASN1Node]? {
    guard identifier == tag, case .constructed(let nodes) = content else { return nil }
    return Array(nodes)
  }

  /// The content; nil unless it has that tag and is not made of values.
  func bytes(_ tag: ASN1Identifier) -> [UInt8]? {
    guard identifier == tag, case .primitive(let bytes) = content else { return nil }
    return Array(bytes)
  }

  /// The content, whatever the value is.
  var anyBytes: [UInt8] { Array(encodedBytes.dropFirst(2 + (lengthByte < 0x80 ? 0 : Int(lengthByte & 0x7F)))) }

  var objectIdentifier: ASN1ObjectIdentifier? { try? ASN1ObjectIdentifier(derEncoded: self) }

  /// A tag of one byte and a definite length of 4 bytes at most: its own, and those of all that it is made of.
  private var isInGrammar: Bool {
    guard let tag = encodedBytes.first, tag & 0x1F != 0x1F, lengthByte < 0x80 || (0x81...0x84).contains(lengthByte)
    else { return false }
    guard case .constructed(let nodes) = content else { return true }
    return nodes.allSatisfy(\.isInGrammar)
  }

  /// The length, or the number of bytes that it has.
  private var lengthByte: UInt8 { encodedBytes.dropFirst().first ?? 0 }
}

extension ASN1Identifier {
  static func context(_ number: UInt) -> ASN1Identifier {
    ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
  }
}
