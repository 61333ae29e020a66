import Formats
import NIOSSL

/// Whose certificates are trusted: the system's, or those that `SSL_CERT_FILE` names, as it is for OpenSSL and curl.
package enum TrustedAuthorities {
  /// - Returns: nil where the variable is not set.
  /// - Throws: `FileError.unreadable` for a file that holds no certificate: nothing would be reached with it.
  package static func file(_ environment: [String: String]) throws -> String? {
    guard let file = environment["SSL_CERT_FILE"], !file.isEmpty else { return nil }
    let bytes = try FileBytes.read(file)
    let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes)
    guard certificates?.isEmpty == false else {
      throw FileError.unreadable(file: file, reason: "no certificate (PEM) is in it, and SSL_CERT_FILE names it")
    }
    return file
  }
}
