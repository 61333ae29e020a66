package import Cases
import Formats

/// A chat window without an interface for programs: what was shown to a person, and what that person pasted.
///
/// Sampling parameters cannot be sent; the answer says that it was pasted.
package struct ManualChat: Dialect {
  package let features: DialectFeatures = []
  package let requestsAtOnce: Int? = 1

  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request {
    let shown = JSONValue.compact([
      "model": .string(endpoint.model), "prompt": .string(probe.prompt), "system": JSONValue(probe.system),
    ])
    return Attempt.Request(url: Endpoint.manualURL, headers: [], body: Array(shown.canonical.utf8))
  }

  /// Never called: there is no header to carry a key.
  package func credentials(_ secret: String) -> Attempt.Header { Attempt.Header(name: "authorization", value: "") }

  package func read(status: Int, body: [UInt8]) -> DialectReading {
    guard let text = JSONValue(parsing: body)?["pasted"]?.string else {
      return ResponseReading.incomplete("pasted", body)
    }
    return .answer(text.isEmpty ? .empty : .ok, Answer(text: text, isPasted: true))
  }
}
