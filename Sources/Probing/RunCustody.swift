package import CaseFile
import Cases
package import Custody

/// Who signs the log of a run, and who says when.
package struct RunCustody: Sendable {
  package let key: SigningKey
  /// Time-stamping authorities (RFC 3161), by URL.
  package let authorities: [String]

  package init(key: SigningKey, authorities: [String] = []) {
    self.key = key
    self.authorities = authorities
  }

  /// Signs the head of the log, and lets each authority that has not done so stamp it.
  ///
  /// - Throws: `CustodyError.authorityUnreachable` or `.noTimeStamp`; the signature is kept, and another call asks again.
  package func secure(_ store: CaseStore, over transport: any Transport) async throws {
    let head = try store.signedHead(by: key)
    for authority in authorities where !head.timeStamps.contains(where: { $0.authority == authority }) {
      try store.add(try await stamp(Array(head.note.written.utf8), by: authority, over: transport), to: head)
    }
  }

  private func stamp(
    _ message: [UInt8], by authority: String, over transport: any Transport
  ) async throws -> CaseStore.StoredTimeStamp {
    let request = TimeStampRequest(for: message)
    let reply = await transport.send(
      TransportRequest(
        request: Attempt.Request(
          url: authority, headers: [Attempt.Header(name: "content-type", value: "application/timestamp-query")],
          body: request.bytes),
        credentials: nil, timeout: .seconds(30)))
    guard reply.problem == nil, let head = reply.head, head.status == 200 else {
      throw CustodyError.authorityUnreachable(file: authority, Self.words(reply))
    }
    guard let token = TimeStampToken(response: reply.body), token.answers(request, for: message),
      token.trust(anchors: []) != .notSigned
    else { throw CustodyError.noTimeStamp(file: authority, authority) }
    return CaseStore.StoredTimeStamp(authority: authority, request: request.bytes, response: reply.body)
  }

  private static func words(_ reply: TransportReply) -> String {
    reply.problem?.words ?? "status \(reply.head?.status ?? 0)"
  }
}
