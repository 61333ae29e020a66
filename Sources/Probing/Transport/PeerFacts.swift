import Cases
import Formats
import NIOCore
import NIOSSL

/// What NIO's TLS knows of the other end of a connection once it is established.
///
/// That is the version and the peer's own certificate. BoringSSL hands the chain above it to a verification callback only, which
/// the HTTP client has no option for; NIO does not expose the cipher.
enum PeerFacts {
  /// - Parameter host: as it was asked for.
  /// - Returns: nil for a connection without TLS, or with one that is not NIO's.
  static func read(_ channel: any Channel, host: String) -> EventLoopFuture<ConnectionFacts?> {
    channel.eventLoop.submit {
      guard let tls = try? channel.pipeline.syncOperations.handler(type: NIOSSLHandler.self),
        let certificate = tls.peerCertificate, let bytes = try? certificate.toDERBytes(),
        let key = try? certificate.extractPublicKey().toSPKIBytes()
      else { return nil }
      return ConnectionFacts(
        host: host, address: address(of: channel), version: words(tls.tlsVersion), certificate: bytes,
        publicKeyDigest: Digest(of: key))
    }
  }

  /// Without the name that NIO keeps beside it.
  private static func address(of channel: any Channel) -> String? {
    guard let address = channel.remoteAddress, let host = address.ipAddress, let port = address.port else { return nil }
    return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  private static func words(_ version: TLSVersion?) -> String {
    switch version {
    case .tlsv1: "TLS 1.0"
    case .tlsv11: "TLS 1.1"
    case .tlsv12: "TLS 1.2"
    case .tlsv13: "TLS 1.3"
    case nil: "unknown"
    }
  }
}
