package import Custody
package import Formats
import Foundation

/// Who will sign the log and say when, fixed with the protocol: what is promised can be missed later.
package struct PlannedCustody: Hashable, Sendable {
  /// A time-stamping authority (RFC 3161).
  package struct Authority: Hashable, Sendable {
    package let url: String
    /// Its stamps must lead to one of these, DER in base 64; none leaves that to whoever verifies.
    package let certificates: [String]

    package init(url: String, certificates: [X509Certificate] = []) {
      self.init(url: url, encoded: certificates.map { Data($0.encoded).base64EncodedString() })
    }

    fileprivate init(url: String, encoded: [String]) {
      self.url = url
      certificates = encoded
    }

    package var anchors: [X509Certificate] {
      certificates.compactMap { text in
        // Canonical, like all base 64 that is signed.
        Data(base64Encoded: text).flatMap { $0.base64EncodedString() == text ? X509Certificate(Array($0)) : nil }
      }
    }
  }

  /// Records between two heads that are signed while the log grows, at least.
  package let interval: Int
  /// Each stamps the head before the first request and the last.
  package let authorities: [Authority]

  package init(interval: Int = CaseStore.checkpointInterval, authorities: [Authority]) {
    self.interval = interval
    self.authorities = authorities
  }

  var json: JSONValue {
    .object([
      "heads_every": .integer(interval),
      "time_stamps": .array(
        authorities.map {
          .object(["authority": .string($0.url), "certificates": .array($0.certificates.map(JSONValue.string))])
        }),
    ])
  }

  /// nil for anything but what `json` writes.
  package init?(json: JSONValue) {
    guard let interval = json["heads_every"]?.integer, interval > 0, let stated = json["time_stamps"]?.array else {
      return nil
    }
    let authorities = stated.compactMap { entry -> Authority? in
      guard let url = entry["authority"]?.string, let certificates = entry["certificates"]?.array else { return nil }
      return Authority(url: url, encoded: certificates.compactMap(\.string))
    }
    self.init(interval: interval, authorities: authorities)
    guard self.json == json, authorities.allSatisfy({ $0.anchors.count == $0.certificates.count }) else { return nil }
  }
}
