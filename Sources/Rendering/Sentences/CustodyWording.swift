import Cases
import Reporting

/// What was fixed before, what was kept, and what that proves.
enum CustodyWording {
  static func facts(_ custody: CustodySummary) -> [[String]] {
    let stamps = custody.checkpoints.flatMap(\.timeStamps)
    let cosigners = Set(custody.checkpoints.flatMap(\.cosigners)).sorted()
    return [
      ["SHA-256 of the protocol", custody.protocolDigest], ["frozen, by the machine's clock", custody.frozen],
      ["records of the log", String(custody.records)], ["Merkle root over them", custody.root],
      ["signed heads of the log", heads(custody.checkpoints)],
      [
        "time stamps",
        stamps.isEmpty
          ? "none" : saidByOperator(stamps.map { "\($0.time) by \($0.authority)" }.joined(separator: "; ")),
      ],
      ["cosigned by", cosigners.isEmpty ? "nobody" : saidByNotes(cosigners.joined(separator: ", "))],
      ["other ends of connections (TLS)", connections(custody.connections ?? [])],
      [
        "clock beside others (NTP)",
        custody.clocks.map { $0.map { "\($0.recorded), \($0.words)" }.joined(separator: "; ") } ?? "not asked",
      ],
    ]
  }

  /// Nothing here has checked whose stamps or signatures these are: whoever verifies states whom they trust.
  private static func saidByOperator(_ stamps: String) -> String {
    "\(stamps), as the operator says (retort verify --authority checks it)"
  }

  private static func saidByNotes(_ names: String) -> String {
    "\(names), as the notes say (retort verify --witness checks it)"
  }

  /// The same facts stand in the protocol, by whose SHA-256 they are held.
  static func planned(_ custody: CustodySummary, firstAttempt: String?) -> [[String]] {
    let planned = custody.planned
    return [
      ["SHA-256 of the protocol, the first record of the log", custody.protocolDigest],
      ["frozen, by the machine's clock", custody.frozen], ["first attempt, by the same clock", firstAttempt ?? "–"],
      ["planned requests", planned.map { "\($0.items), in an order whose SHA-256 is \($0.plan)" } ?? "–"],
      ["probes", planned.map { "\($0.probes), the Merkle root of their commitments is \($0.probeRoot)" } ?? "–"],
      ["when asking ends", planned?.stopping.isEmpty == false ? planned?.stopping ?? "–" : "–"],
    ]
  }

  static let exclusions = "What counts and what does not, by the protocol:"
  static let deviations = "Deviations from the protocol, and what changed after it was frozen:"
  static let noDeviation = "Nothing deviates from the protocol."

  static let noProtocol = """
    No protocol was frozen before these answers were there: whoever chose models, probes and method may have seen them. \
    What deviates from a plan cannot be told.
    """

  static let withoutLog = """
    There is no log of this case: nothing here shows when the answers were given, or that none is missing. \
    The SHA-256 of each model's answers, in the tables above, fixes what was compared.
    """

  static let whatWouldBeFound = "What would be found, and what would not:"

  /// What somebody may have done, and whether it would be found. In every report.
  static func threats(_ custody: CustodySummary?, hasRun: Bool = true) -> [[String]] {
    let isSigned = custody?.checkpoints.isEmpty == false
    let isStamped = custody?.checkpoints.contains { !$0.timeStamps.isEmpty } == true
    let isCosigned = custody?.checkpoints.contains { !$0.cosigners.isEmpty } == true
    return [
      [
        "attempts were changed, moved or dropped afterwards",
        isSigned
          ? "found: hash chain, Merkle root, signature"
          : hasRun
            ? "found if the chain's head is kept elsewhere; nothing is signed"
            : "not found: nothing is signed, and there is no chain",
      ],
      [
        "probes or analysis were chosen after the answers",
        custody == nil
          ? "not found: no protocol was frozen before"
          : "found: the protocol is the first record; deviations are listed",
      ],
      [
        "the answers came from another host than the one that is named",
        custody?.connections == nil
          ? "not found: no certificate is in the log (requests without TLS, or not given by the transport)"
          : """
          found as far as certificates go: whose key answered is in the log; the chain above it was checked, but the transport does not give it; a certificate proves a domain, not a model
          """,
      ],
      [
        "the run was dated back",
        isStamped
          ? "found if the time stamps are by an authority that is trusted" : "not found: there is no time stamp",
      ],
      [
        "several runs were made and the best one is shown", "not found, unless every run is announced before it begins",
      ],
      [
        "the operator invented answers",
        isCosigned
          ? "not found in here; if another party signed the log, as the notes say, it can compare it with a run of its own"
          : "not found: only a joint run or another one by somebody else shows it",
      ],
      [
        "the endpoint served somebody else's answers to the prober",
        "not found: ask from other accounts and at other times",
      ],
      [
        "the endpoint changed its model during the run",
        hasRun ? "partly: models are asked in turn, in random order" : "not found: the order of asking is not known",
      ],
      ["the provider's name for the model is not true", "not found: names are as declared"],
      [
        "the signing key was stolen",
        isStamped ? "partly: trusted time stamps limit what can be dated back" : "not found",
      ],
    ]
  }

  static let joint = """
    Two parties who do not trust each other run the same protocol at the same time with `retort run --no-report`, exchange the signed heads of their logs (`retort cosign`), and look at the answers only then.
    """

  private static func connections(_ connections: [CustodySummary.Connection]) -> String {
    connections.isEmpty
      ? "none in the log"
      : connections.map {
        "\($0.host), \($0.version), certificate \($0.certificate.prefix(16))…, key \($0.publicKey.prefix(16))…"
      }.joined(separator: "; ")
  }

  private static func heads(_ heads: [CustodySummary.SignedHead]) -> String {
    guard let last = heads.last else { return "none" }
    return "\(heads.count), the last of \(last.size) records, by \(last.key)"
  }
}
