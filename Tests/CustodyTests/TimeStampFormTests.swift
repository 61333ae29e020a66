import Custody
import Formats
import Foundation
import TestSupport
import Testing

/// Requests, responses and certificates written by hand, of which no signature is asked: what can be read, and what cannot.
@Suite("Forms of time stamps")
struct TimeStampFormTests {
  private typealias DER = ASN1Bytes

  private static let sha256 = DER.value(0x06, [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01])
  private static let ecdsa = DER.value(0x06, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02])
  private static let imprint = DER.value(
    0x30, DER.value(0x30, sha256), DER.value(0x04, [UInt8](repeating: 7, count: 32)))

  /// - Parameter oddity: stands behind the name of the digest.
  private static func request(oddity: [UInt8] = []) -> [UInt8] {
    DER.value(
      0x30, DER.value(0x02, [1]),
      DER.value(0x30, DER.value(0x30, sha256, oddity), DER.value(0x04, [UInt8](repeating: 7, count: 32))),
      DER.value(0x02, [5]), DER.value(0x01, [0xFF]))
  }

  private static func response(
    status: [UInt8] = DER.value(0x02, [0]), time: [UInt8] = DER.value(0x18, Array("20261123124410Z".utf8)),
    certificates: [UInt8] = [], signers: [[UInt8]]? = nil, algorithm: [UInt8] = ecdsa
  ) -> [UInt8] {
    let statement = DER.value(
      0x30, DER.value(0x02, [1]), DER.value(0x06, [0x2A, 3]), imprint, DER.value(0x02, [9]), time)
    let signer = DER.value(
      0x30, DER.value(0x02, [1]), DER.value(0x30, DER.value(0x30), DER.value(0x02, [1])), DER.value(0x30, sha256),
      DER.value(0xA0), DER.value(0x30, algorithm), DER.value(0x04, [1]))
    let capsule = DER.value(
      0x30, DER.value(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x04]),
      DER.value(0xA0, DER.value(0x04, statement)))
    let data = DER.value(
      0x30, DER.value(0x02, [3]), DER.value(0x31), capsule,
      certificates.isEmpty ? [] : DER.value(0xA0, certificates), DER.value(0x31, Array((signers ?? [signer]).joined())))
    return DER.value(
      0x30, DER.value(0x30, status),
      DER.value(
        0x30, DER.value(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]), DER.value(0xA0, data)))
  }

  private static func certificate(
    serial: [UInt8] = DER.value(0x02, [1]), from: [UInt8] = DER.value(0x17, Array("261123124410Z".utf8)),
    until: [UInt8] = DER.value(0x18, Array("20561123124410Z".utf8)), algorithm: [UInt8] = ecdsa,
    signature: [UInt8] = DER.value(0x03, [0, 1]), version: [UInt8] = DER.value(0xA0, DER.value(0x02, [2])),
    extensions: [[UInt8]] = []
  ) -> [UInt8] {
    let list = extensions.isEmpty ? [] : DER.value(0xA3, DER.value(0x30, Array(extensions.joined())))
    return DER.value(
      0x30,
      DER.value(
        0x30, version, serial, DER.value(0x30, ecdsa), DER.value(0x30), DER.value(0x30, from, until), DER.value(0x30),
        DER.value(0x30), list), DER.value(0x30, algorithm), signature)
  }

  @Test("what nobody asks for is of the grammar as well", arguments: ASN1Bytes.oddities)
  func oddity(_ oddity: ASN1Bytes.Oddity) {
    #expect((TimeStampRequest(stored: Self.request(oddity: oddity.bytes)) != nil) == oddity.isReadable)
    let status = DER.value(0x02, [1]) + oddity.bytes
    #expect((TimeStampToken(response: Self.response(status: status)) != nil) == oddity.isReadable)
    let certificate = Self.certificate(algorithm: Self.ecdsa + oddity.bytes)
    #expect((X509Certificate(certificate) != nil) == oddity.isReadable)
    #expect(X509Certificate(certificate).map { $0.encoded == certificate } ?? !oddity.isReadable)
  }

  /// Whoever holds evidence could write its lengths anew.
  @Test("a certificate that a stamp carries is in DER, whatever lengths stand around it")
  func carried() throws {
    let certificate = Self.certificate()
    // Short enough for a length of one byte.
    try #require(certificate.count < 0x80 && Int(certificate[1]) == certificate.count - 2)
    let long = [0x30, 0x84, 0, 0, 0, certificate[1]] + certificate.dropFirst(2)
    func carried(_ bytes: [UInt8]) throws -> Int {
      try #require(TimeStampToken(response: Self.response(certificates: bytes))).certificates.count
    }
    #expect(X509Certificate(long) != nil)
    #expect(try carried(certificate) == 1 && carried(long) == 0 && carried(long + certificate) == 1)
  }

  @Test("values are read 50 deep, and no deeper, however deep they go")
  func depth() {
    // The digest's name is the fourth.
    #expect(TimeStampRequest(stored: Self.request(oddity: ASN1Bytes.nested(47))) != nil)
    for levels in [48, 100, 1_000] {
      #expect(TimeStampRequest(stored: Self.request(oddity: ASN1Bytes.nested(levels))) == nil, "\(levels)")
    }
    #expect(TimeStampToken(response: [UInt8](repeating: 0x30, count: 100_000)) == nil)
    #expect(TimeStampToken(response: Array([[UInt8]](repeating: [0x30, 0x80], count: 50_000).joined())) == nil)
  }

  @Test("nothing may follow, nothing may be missing")
  func ends() {
    for (whole, isRead) in [
      (Self.request(), { TimeStampRequest(stored: $0) != nil }),
      (Self.response(), { TimeStampToken(response: $0) != nil }), (Self.certificate(), { X509Certificate($0) != nil }),
    ] as [([UInt8], ([UInt8]) -> Bool)] {
      #expect(isRead(whole))
      for more in [[0], [0, 0], [0x05, 0]] as [[UInt8]] { #expect(!isRead(whole + more), "\(more)") }
      for count in whole.indices { #expect(!isRead(Array(whole.prefix(count))), "\(count) of \(whole.count)") }
    }
  }

  @Test(
    "a stamp's time is of one form, to the second",
    arguments: [
      ("20261123124410Z", true), ("20261123124410.5Z", true), ("20261123124410.999999999999999999999Z", true),
      // Not as DER has it, but as authorities write it.
      ("20261123124410.000Z", true), ("20261123124410.120Z", true),
      ("20261123124410.Z", false), ("20261123124410,5Z", false), ("20261123124410.5", false),
      ("20261123124410.1.2Z", false), ("20261123124410.-5Z", false), ("20261123124410", false),
      ("20261123124410+0000", false), ("20261123134410+0100", false), ("202611231244Z", false), ("2026112312Z", false),
      ("261123124410Z", false), ("20261123124410Z\0", false), (" 20261123124410Z", false), ("+2026112312441Z", false),
      ("2026112312441\u{FF10}Z", false), ("", false), ("Z", false), (".Z", false), ("20261123124410ZZ", false),
    ])
  func time(text: String, isRead: Bool) throws {
    let token = TimeStampToken(response: Self.response(time: DER.value(0x18, Array(text.utf8))))
    #expect(token?.time == (isRead ? Date(timeIntervalSince1970: 1_795_437_850) : nil))
  }

  @Test(
    "a stamp's time is one of the calendar, without leap seconds",
    arguments: [
      ("20240229000000Z", true), ("20230229000000Z", false), ("19000229000000Z", false), ("20000229000000Z", true),
      ("20260431000000Z", false), ("20261301000000Z", false), ("20260001000000Z", false), ("20260100000000Z", false),
      ("20260101240000Z", false), ("20260101236000Z", false), ("20260101235960Z", false), ("20260101235961Z", false),
      ("20260101235959Z", true), ("00000101000000Z", false), ("99991231235959Z", true),
    ])
  func day(text: String, isRead: Bool) {
    #expect((TimeStampToken(response: Self.response(time: DER.value(0x18, Array(text.utf8)))) != nil) == isRead)
  }

  @Test("a stamp's time has a tag of its own")
  func timeTag() {
    let text = Array("20261123124410Z".utf8)
    for tag in [0x17, 0x38, 0x58, 0x98, 0x04, 0x16] as [UInt8] {
      #expect(TimeStampToken(response: Self.response(time: DER.value(tag, text))) == nil, "\(tag)")
    }
    #expect(TimeStampToken(response: Self.response(time: DER.value(0x38, DER.value(0x18, text)))) == nil)
  }

  @Test("a response grants, and has one signer, by algorithms whose names can be read")
  func response() {
    for status in [DER.value(0x02, [2]), DER.value(0x02, [0, 0]), DER.value(0x02), DER.value(0x0A, [0]), []] {
      #expect(TimeStampToken(response: Self.response(status: status)) == nil, "\(status)")
    }
    #expect(TimeStampToken(response: Self.response(signers: [])) == nil)
    #expect(TimeStampToken(response: Self.response(signers: [DER.value(0x30)])) == nil)
    for name in [[], [0x80, 0x01], [0x2A, 0x80], [0x2A] + [UInt8](repeating: 0xFF, count: 12) + [0x01]] as [[UInt8]] {
      #expect(TimeStampToken(response: Self.response(algorithm: DER.value(0x06, name))) == nil, "\(name)")
    }
    let unknown = TimeStampToken(response: Self.response(algorithm: DER.value(0x06, [0x2A, 0x03])))
    #expect(unknown?.trust(anchors: []) == .notSigned)
  }

  @Test("a certificate has times of two forms, a positive serial in one piece and whole bytes of signature")
  func certificate() {
    #expect(X509Certificate(Self.certificate()) != nil)
    for (tag, text, isRead) in [
      (0x17, "500101000000Z", true), (0x17, "491231235959Z", true), (0x17, "2611231244Z", false),
      (0x17, "261123124410+0000", false), (0x17, "261123124410.5Z", false), (0x17, "20261123124410Z", false),
      (0x17, "261123124460Z", false), (0x18, "20261123124410Z", true), (0x18, "261123124410Z", false),
      (0x0C, "261123124410Z", false), (0x37, "261123124410Z", false),
    ] as [(UInt8, String, Bool)] {
      let time = DER.value(tag, Array(text.utf8))
      #expect((X509Certificate(Self.certificate(from: time)) != nil) == isRead, "\(text)")
      #expect((X509Certificate(Self.certificate(until: time)) != nil) == isRead, "\(text)")
    }
    #expect(X509Certificate(Self.certificate(serial: DER.value(0x22, DER.value(0x02, [1])))) == nil)
    #expect(X509Certificate(Self.certificate(serial: DER.value(0x04, [1]))) == nil)
    for signature in [[1, 0], [8, 0], [], [0xFF]] as [[UInt8]] {
      #expect(X509Certificate(Self.certificate(signature: DER.value(0x03, signature))) == nil, "\(signature)")
    }
    #expect(X509Certificate(Self.certificate(signature: DER.value(0x23, DER.value(0x03, [0, 1])))) == nil)
  }

  @Test("a certificate is of version 1 or 3, and has each extension once, critical by one byte")
  func versions() {
    let three = DER.value(0xA0, DER.value(0x02, [2]))
    for (version, isRead) in [
      ([], true), (three, true), (DER.value(0xA0, DER.value(0x02, [0])), false),
      (DER.value(0xA0, DER.value(0x02, [1])), false), (DER.value(0xA0, DER.value(0x02, [3])), false),
      (DER.value(0xA0, DER.value(0x02, [4])), false), (DER.value(0xA0), false), (three + three, false),
    ] as [([UInt8], Bool)] {
      #expect((X509Certificate(Self.certificate(version: version)) != nil) == isRead, "\(version)")
    }
    let (name, value) = (DER.value(0x06, [0x55, 0x1D, 0x13]), DER.value(0x04, DER.value(0x30)))
    let plain = DER.value(0x30, name, value)
    let other = DER.value(0x30, DER.value(0x06, [0x55, 0x1D, 0x25]), value)
    for (extensions, isRead) in [
      ([plain], true), ([plain, other], true), ([DER.value(0x30, name, DER.value(0x01, [0xFF]), value)], true),
      ([plain, other, plain], false), ([DER.value(0x30, name, DER.value(0x01, [0x01]), value)], false),
      ([DER.value(0x30, name, DER.value(0x01, [0]), value)], false), ([DER.value(0x30, name)], false),
    ] as [([[UInt8]], Bool)] {
      #expect((X509Certificate(Self.certificate(extensions: extensions)) != nil) == isRead, "\(extensions)")
    }
  }
}
