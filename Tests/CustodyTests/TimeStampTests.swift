import Custody
import Foundation
import TestSupport
import Testing

@Suite("Time stamps", .enabled(if: LocalAuthority.isHere, "\(LocalAuthority.note)"))
struct TimeStampTests {
  let message = Array("lab.example.org/case/1\n3\nAAAA\n".utf8)

  @Test(
    "openssl reads a request as it is meant: SHA-256, nonce, certificates wanted", arguments: [[1, 2, 3], [0, 0x80]])
  func request(nonce: [UInt8]) throws {
    let folder = try TemporaryFolder()
    let text = try LocalAuthority(in: folder.path, key: .p256).text(
      ofRequest: TimeStampRequest(for: message, nonce: nonce).bytes)
    #expect(text.contains("Hash Algorithm: sha256") && text.contains("Certificate required: yes"))
    #expect(text.contains(nonce == [1, 2, 3] ? "Nonce: 0x010203" : "Nonce: 0x80"), "\(text)")
    #expect(TimeStampRequest(stored: TimeStampRequest(for: message).bytes) != nil)
  }

  @Test(
    "what openssl stamps is accepted here, for its bytes and under its authority only",
    arguments: LocalAuthority.KeyKind.allCases)
  func response(kind: LocalAuthority.KeyKind) throws {
    let folder = try TemporaryFolder()
    let authority = try LocalAuthority(in: folder.path, key: kind)
    let request = TimeStampRequest(for: message)
    let response = try authority.reply(to: request.bytes)
    let token = try #require(TimeStampToken(response: response))
    #expect(try authority.accepts(response, for: message))
    #expect(token.answers(request, for: message) && abs(token.time.timeIntervalSinceNow) < 60)
    #expect(!token.answers(request, for: message + [0]))
    #expect(!token.answers(TimeStampRequest(for: message), for: message), "another nonce")
    let anchors = X509Certificate.all(pem: Array(try Data(contentsOf: URL(fileURLWithPath: authority.anchor))))
    #expect(token.trust(anchors: anchors) == .trusted(signer: "Local time stamps"))
    #expect(token.trust(anchors: []) == .signed(signer: "Local time stamps"))
    let elsewhere = try TemporaryFolder()
    let stranger = try LocalAuthority(in: elsewhere.path, key: kind == .rsa ? .p256 : .rsa)
    let others = X509Certificate.all(pem: Array(try Data(contentsOf: URL(fileURLWithPath: stranger.anchor))))
    withExtendedLifetime(elsewhere) {}
    #expect(others.count == 1 && token.trust(anchors: others) == .notTrusted(signer: "Local time stamps"))
  }

  @Test("a changed byte of a response is refused, or says nothing else: nobody signs it")
  func damage() throws {
    let folder = try TemporaryFolder()
    let authority = try LocalAuthority(in: folder.path, key: .p256)
    let request = TimeStampRequest(for: message)
    let response = try authority.reply(to: request.bytes)
    let whole = try #require(TimeStampToken(response: response))
    let anchors = X509Certificate.all(pem: Array(try Data(contentsOf: URL(fileURLWithPath: authority.anchor))))
    var spared = 0
    for place in response.indices {
      var bytes = response
      bytes[place] ^= 1 << UInt8.random(in: 0..<8)
      guard let token = TimeStampToken(response: bytes), token.answers(request, for: message),
        token.trust(anchors: anchors) == .trusted(signer: "Local time stamps")
      else { continue }
      spared += 1
      #expect(token.time == whole.time, "byte \(place)")
    }
    // Most of them are of the authority's own certificate, which is trusted from elsewhere.
    #expect(spared < response.count / 2, "\(spared) of \(response.count)")
  }

  @Test("random bytes are no response, no request and no certificate", arguments: 0..<4)
  func random(seed: Int) {
    for _ in 0..<5_000 {
      var bytes = (0..<Int.random(in: 0..<200)).map { _ in UInt8.random(in: .min ... .max) }
      // Half of them begin like a sequence that fits.
      if bytes.count > 2, bytes.count < 130, Bool.random() {
        bytes.replaceSubrange(0..<2, with: [0x30, UInt8(bytes.count - 2)])
      }
      #expect(TimeStampToken(response: bytes) == nil)
      #expect(TimeStampRequest(stored: bytes) == nil)
      #expect(X509Certificate(bytes) == nil)
    }
  }
}
