import CaseFile
import Cases
import Formats
import Foundation
import Probing
import Synchronization
import TestSupport
import Testing

/// What the transport tells of TLS, beside what openssl says of the very certificate.
@Suite(
  "Connections over TLS", .timeLimit(.minutes(1)),
  .enabled(if: LocalAuthority.isHere && IndependentPython.isHere, "\(LocalAuthority.note)"))
struct ConnectionTests {
  private func exchange(
    _ certificate: LocalCertificate, port: Int, trusting authorities: String, times: Int = 1,
    failing: Bool = false
  ) async -> (replies: [TransportReply], facts: [ConnectionFacts]) {
    let told = Mutex<[ConnectionFacts]>([])
    let transport = HTTPTransport(connections: 1, authorities: authorities) { facts in
      told.withLock { $0.append(facts) }
      if failing { throw CaseFileError.diskFull(file: "x") }
    }
    let request = TransportRequest(
      request: Attempt.Request(
        url: "https://localhost:\(port)/v1/chat/completions?x=1",
        headers: [Attempt.Header(name: "content-type", value: "application/json")], body: Array("{}".utf8)),
      credentials: nil, timeout: .seconds(20))
    var replies: [TransportReply] = []
    for _ in 0..<times { replies.append(await transport.send(request)) }
    await transport.shutdown()
    return (replies, told.withLock { $0 })
  }

  @Test(
    "version, certificate and key of the other end are told once for a connection, before anything is sent",
    arguments: [(LocalAuthority.KeyKind.rsa, "1.3"), (.p256, "1.3"), (.rsa, "1.2")])
  func told(key: LocalAuthority.KeyKind, version: String) async throws {
    let bench = try Bench()
    defer { withExtendedLifetime(bench) {} }
    let certificate = try LocalCertificate(in: bench.folder, key: key)
    let arguments = [certificate.file, certificate.keyFile] + (version == "1.2" ? ["1.2"] : [])
    try await PythonServer.serving("tls.py", arguments) { ports in
      let (replies, facts) = await exchange(certificate, port: ports[0], trusting: certificate.file, times: 3)
      #expect(replies.map { $0.head?.status } == [200, 200, 200], "\(replies)")
      #expect(facts.count == 1, "one connection for three requests")
      let fact = try #require(facts.first)
      #expect(fact.host == "localhost:\(ports[0])" && fact.version == "TLS \(version)")
      #expect(fact.address?.hasSuffix(":\(ports[0])") == true, "\(fact.address ?? "")")
      #expect(fact.certificate == (try certificate.der()))
      #expect(fact.certificateDigest == Digest(of: try certificate.der()))
      #expect(fact.publicKeyDigest == Digest(of: try certificate.publicKey()))
    }
  }

  @Test("a certificate of an authority that is not trusted ends the connection, and nothing is told of it")
  func untrusted() async throws {
    let bench = try Bench()
    defer { withExtendedLifetime(bench) {} }
    let certificate = try LocalCertificate(in: bench.folder)
    let stranger = try LocalCertificate(in: bench.folder)
    try await PythonServer.serving("tls.py", [certificate.file, certificate.keyFile]) { ports in
      let (replies, facts) = await exchange(certificate, port: ports[0], trusting: stranger.file)
      #expect(replies.first?.head == nil && replies.first?.problem != nil)
      #expect(facts.isEmpty)
    }
  }

  @Test("a version of TLS that others can read along is not spoken, whoever asks for it", arguments: ["1.0", "1.1"])
  func outdated(version: String) async throws {
    let bench = try Bench()
    defer { withExtendedLifetime(bench) {} }
    let certificate = try LocalCertificate(in: bench.folder)
    try await PythonServer.serving("tls.py", [certificate.file, certificate.keyFile, version]) { ports in
      let (replies, facts) = await exchange(certificate, port: ports[0], trusting: certificate.file)
      #expect(replies.first?.head == nil && facts.isEmpty)
      guard case .connection(let words)? = replies.first?.problem else {
        Issue.record("\(replies)")
        return
      }
      #expect(words.hasPrefix("it speaks no TLS from 1.2 on"), "\(words)")
    }
  }

  @Test("what the library says of TLS is told without places in its source, and with what it comes to")
  func words() {
    let source = "at /home/x/checkouts/swift-nio-ssl/Sources/CNIOBoringSSL/ssl/tls_record.cc:134"
    #expect(
      HTTPTransport.words("failed(sslError([Error: 1 error:10:A:LONG \(source), Error: 2 error:11:B \(source)]))")
        == "failed(sslError([Error: 1 error:10:A:LONG, Error: 2 error:11:B]))")
    #expect(HTTPTransport.words("no such host at h.example.org") == "no such host at h.example.org")
    #expect(
      HTTPTransport.words("NIOSSLExtraError.failedToValidateHostname: Couldn't find <none> in certificate from peer")
        == "the certificate is that of another host")
    #expect(HTTPTransport.words("x: CERTIFICATE_VERIFY_FAILED \(source)").hasSuffix("; x: CERTIFICATE_VERIFY_FAILED"))
  }

  @Test("where what was told cannot be kept, nothing is sent")
  func notKept() async throws {
    let bench = try Bench()
    defer { withExtendedLifetime(bench) {} }
    let certificate = try LocalCertificate(in: bench.folder)
    try await PythonServer.serving("tls.py", [certificate.file, certificate.keyFile]) { ports in
      let (replies, facts) = await exchange(certificate, port: ports[0], trusting: certificate.file, failing: true)
      #expect(facts.count == 1 && replies.first?.head == nil)
    }
  }

  @Test("SSL_CERT_FILE names a file of certificates, or is refused")
  func authorities() throws {
    let bench = try Bench()
    defer { withExtendedLifetime(bench) {} }
    let folder = bench.folder
    let certificate = try LocalCertificate(in: folder)
    #expect(try TrustedAuthorities.file([:]) == nil && TrustedAuthorities.file(["SSL_CERT_FILE": ""]) == nil)
    #expect(try TrustedAuthorities.file(["SSL_CERT_FILE": certificate.file]) == certificate.file)
    for file in [certificate.keyFile, folder + "/none.pem"] {
      let error = #expect(throws: FileError.self) { try TrustedAuthorities.file(["SSL_CERT_FILE": file]) }
      guard case .unreadable(file, _) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }
}
