package import CaseFile
package import Cases
package import Custody
import Foundation

/// Who signs the log of a run, and who says when.
package struct RunCustody: Sendable {
  package let key: SigningKey
  package let authorities: [PlannedCustody.Authority]

  package init(key: SigningKey, authorities: [PlannedCustody.Authority] = []) {
    self.key = key
    self.authorities = authorities
  }

  /// What the protocol of a new case promises.
  package var planned: PlannedCustody { PlannedCustody(authorities: authorities) }

  /// Signs the head of the log, and lets each authority that has not done so stamp it: those of the protocol and those named now.
  ///
  /// An authority of the protocol that gives no stamp once something was asked is recorded in the log, which goes on: it must not
  /// be able to hold up a case for good.
  ///
  /// - Returns: those failures.
  /// - Throws: `CustodyError.authorityUnreachable` or `.noTimeStamp` before anything was asked, or of an authority that was
  ///   never promised; the signature is kept, and another call asks again.
  @discardableResult
  package func secure(
    _ store: CaseStore, over transport: any Transport, at moment: ClockReading.Moment, clock: RunClock = .system
  ) async throws -> [CustodyError] {
    let promised = try store.plannedCustody()?.authorities ?? []
    let asked = promised + authorities.filter { given in !promised.contains { $0.url == given.url } }
    let hasBegun = try store.spent().calls > 0
    var failed: [(authority: PlannedCustody.Authority, error: CustodyError)] = []
    try await stamp(store, by: asked, over: transport) { authority, error in
      guard hasBegun, promised.contains(authority) else { throw error }
      failed.append((authority, error))
    }
    for (authority, error) in failed where try !store.hasRecordedFailure(of: authority.url) {
      try store.record(
        ClockReading(server: authority.url, moment: moment, outcome: .failed(Self.words(error))), at: clock.utc())
    }
    guard !failed.isEmpty else { return [] }
    // The log may be longer by what has just been recorded: its head is another, for the authorities that do answer.
    let answering = asked.filter { authority in !failed.contains { $0.authority == authority } }
    try await stamp(store, by: answering, over: transport) { throw $1 }
    return failed.map(\.error)
  }

  private func stamp(
    _ store: CaseStore, by authorities: [PlannedCustody.Authority], over transport: any Transport,
    failed: (PlannedCustody.Authority, CustodyError) throws -> Void
  ) async throws {
    let head = try store.signedHead(by: key)
    for authority in authorities where !head.timeStamps.contains(where: { $0.authority == authority.url }) {
      do {
        try store.add(try await stamp(Array(head.note.written.utf8), by: authority, over: transport), to: head)
      } catch let error as CustodyError {
        try failed(authority, error)
      }
    }
  }

  private func stamp(
    _ message: [UInt8], by authority: PlannedCustody.Authority, over transport: any Transport
  ) async throws -> CaseStore.StoredTimeStamp {
    let url = authority.url
    let request = TimeStampRequest(for: message)
    let reply = await transport.send(
      TransportRequest(
        request: Attempt.Request(
          url: url, headers: [Attempt.Header(name: "content-type", value: "application/timestamp-query")],
          body: request.bytes),
        credentials: nil, timeout: .seconds(30)))
    guard reply.problem == nil, let head = reply.head, head.status == 200 else {
      throw CustodyError.authorityUnreachable(file: url, Self.words(reply))
    }
    guard let token = TimeStampToken(response: reply.body), token.answers(request, for: message),
      Self.isGood(token.trust(anchors: authority.anchors))
    else { throw CustodyError.noTimeStamp(file: url, url) }
    return CaseStore.StoredTimeStamp(authority: url, request: request.bytes, response: reply.body)
  }

  private static func isGood(_ trust: TimeStampToken.Trust) -> Bool {
    switch trust {
    case .trusted, .signed: true
    case .notSigned, .notTrusted: false
    }
  }

  private static func words(_ error: CustodyError) -> String {
    if case .authorityUnreachable(_, let reason) = error { reason } else { "no usable time stamp" }
  }

  private static func words(_ reply: TransportReply) -> String {
    reply.problem?.words ?? "status \(reply.head?.status ?? 0)"
  }
}
