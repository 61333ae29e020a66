import CaseFile
import Cases
import Formats

/// What a value in evidence must be. One list of forms, written down in `VERIFY.md` too, so that two verifiers that share no
/// code read the same: a member that is not named here is refused, and so is one that is missing.
indirect enum EvidenceForm: Sendable {
  case text
  /// 64 hexadecimal digits, lower case.
  case digest
  /// UTC, RFC 3339 with milliseconds; one that the calendar has.
  case time
  case object
  case number
  /// A whole number in 64 bits.
  case integer
  /// A whole number from this one on, less than 2⁵³.
  case count(from: Int)
  /// A count; from 2⁵³ on as text in decimal digits.
  case long
  case exactly(JSONValue)
  case oneOf([String])
  case bool
  case list(EvidenceForm)
  /// Any names, each with such a value.
  case table(EvidenceForm)
  case members([String: EvidenceForm], optional: [String: EvidenceForm])
  case either(EvidenceForm, EvidenceForm)
  /// With its alternatives, which are tokens themselves.
  case token

  static let leastLong = 9_007_199_254_740_992

  func fits(_ value: JSONValue) -> Bool {
    switch self {
    case .text: value.string != nil
    case .digest: value.string.flatMap(Digest.init(lowerHex:)) != nil
    case .time: value.string.flatMap(UTCTime.milliseconds) != nil
    case .object: value.object != nil
    case .number: value.number != nil
    case .integer: if case .integer = value { true } else { false }
    case .count(let least):
      if case .integer(let count) = value { count >= least && count < Self.leastLong } else { false }
    case .long: Self.long(value) != nil
    case .exactly(let other): value == other
    case .oneOf(let words): value.string.map(words.contains) ?? false
    case .bool: value.bool != nil
    case .list(let form): value.array?.allSatisfy(form.fits) ?? false
    case .table(let form): value.object?.values.allSatisfy(form.fits) ?? false
    case .members(let needed, let optional): Self.fits(value, needed, optional)
    case .either(let one, let other): one.fits(value) || other.fits(value)
    case .token: Self.tokenMembers.fits(value)
    }
  }

  private static func fits(
    _ value: JSONValue, _ needed: [String: EvidenceForm], _ optional: [String: EvidenceForm]
  ) -> Bool {
    guard let members = value.object, needed.keys.allSatisfy({ members[$0] != nil }) else { return false }
    return members.allSatisfy { name, value in (needed[name] ?? optional[name])?.fits(value) ?? false }
  }

  /// A number that may be too large for JSON; nil for anything else.
  static func long(_ value: JSONValue) -> Int? {
    switch value {
    case .integer(let count): return (0..<leastLong).contains(count) ? count : nil
    case .string(let text):
      guard let count = Int(text), count >= leastLong, String(count) == text else { return nil }
      return count
    default: return nil
    }
  }

  /// A line that is the canonical text of a value of this form; nil for any other.
  func read(_ line: some Sequence<UInt8>) -> JSONValue? {
    guard let value = JSONValue(canonical: line), fits(value) else { return nil }
    return value
  }
}

extension JSONValue {
  /// The value of a canonical text (RFC 8785); nil for any other text, so that a value has one text and a text one value.
  init?(canonical bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    self.init(parsing: bytes)
    guard canonical.utf8.elementsEqual(bytes) else { return nil }
  }
}

// MARK: - Records

extension EvidenceForm {
  /// Of records, by their kind.
  static let records = Dictionary(uniqueKeysWithValues: LogRecord.Kind.allCases.map { ($0, record($0)) })

  private static func record(_ kind: LogRecord.Kind) -> EvidenceForm {
    let (needed, optional) = members(of: kind)
    let common: [String: EvidenceForm] = [
      "v": .exactly(.integer(LogRecord.version)), "kind": .exactly(.string(kind.rawValue)), "seq": .count(from: 0),
      "prev": .digest,
    ]
    let whole = EvidenceForm.members(needed.merging(common) { own, _ in own }, optional: optional)
    guard kind == .clock else { return whole }
    // A clock answered, or it did not.
    let answered: [String: EvidenceForm] = ["offset_us": .integer, "delay_us": .integer, "stratum": .integer]
    func with(_ more: [String: EvidenceForm]) -> EvidenceForm {
      .members(needed.merging(common) { own, _ in own }.merging(more) { own, _ in own }, optional: [:])
    }
    return .either(with(answered), with(["problem": .text]))
  }

  private static func members(
    of kind: LogRecord.Kind
  ) -> (needed: [String: EvidenceForm], optional: [String: EvidenceForm]) {
    switch kind {
    case .protocol: (["protocol": .object, "recorded": .time, "tool": .text], [:])
    case .circumstances:
      (
        [
          "circumstances": .object, "recorded": .time, "tool": .text,
          "changes": .list(.members(["what": .text], optional: ["before": .text, "after": .text])),
        ], [:]
      )
    case .run: (["run": .count(from: 1), "started": .time, "tool": .text], [:])
    case .attempt: (attempt, failedOrAnswered)
    case .capability:
      (
        [
          "model": .text, "tool": .text, "recorded": .either(.time, .exactly(.string(""))),
          "findings": .list(
            .members(["aspect": .text, "standing": .text, "requested": .text, "observed": .text], optional: [:])),
          "exchanges": .list(.either(exchange(answered: true), exchange(answered: false))),
        ], [:]
      )
    case .analysis:
      (
        [
          "recorded": .time, "tool": .text,
          "analysis": .members(["method": .count(from: 0)], optional: ["calibration_sha256": .digest]),
        ], [:]
      )
    case .connection:
      (
        [
          "host": .text, "version": .text, "certificate": .text, "certificate_sha256": .digest,
          "spki_sha256": .digest, "recorded": .time,
        ], ["address": .text]
      )
    case .clock: (["server": .text, "moment": .oneOf(["begin", "end"]), "recorded": .time], [:])
    }
  }

  private static let headers = EvidenceForm.list(.list(.text))

  private static let attempt: [String: EvidenceForm] = [
    "id": .count(from: 1), "run": .count(from: 1), "planned_order": .count(from: 0), "model": .text, "probe": .text,
    "sample": .count(from: 0), "request_seed": .count(from: 0), "started": .time, "ended": .time, "started_ns": .long,
    "ended_ns": .long, "url": .text, "request_headers": headers, "request": .digest,
    "redacted": .oneOf0And1, "outcome": .oneOf(Attempt.Outcome.allCases.map(\.rawValue)), "charged_tokens": .long,
    "hash": .digest,
  ]

  private static let failedOrAnswered: [String: EvidenceForm] = [
    "first_byte_ns": .long, "status": .count(from: 0), "response_headers": headers, "response": .digest,
    "answer": .digest, "failure": .digest,
  ]

  private static var oneOf0And1: EvidenceForm { .either(.exactly(.integer(0)), .exactly(.integer(1))) }

  private static func exchange(answered: Bool) -> EvidenceForm {
    let asked: [String: EvidenceForm] = [
      "name": .text, "started": .time, "ended": .time, "url": .text, "request": .digest,
    ]
    return .members(
      answered ? asked.merging(["status": .count(from: 0), "response": .digest]) { own, _ in own } : asked,
      optional: ["problem": .text])
  }
}

// MARK: - Lines of other files

extension EvidenceForm {
  static let planned = EvidenceForm.members(
    [
      "order": .count(from: 0), "model": .text, "probe": .text, "sample": .count(from: 0), "seed": .count(from: 0),
    ], optional: [:])

  static let commitment = EvidenceForm.members(["probe": .text, "leaf": .digest], optional: [:])

  static let revealed = EvidenceForm.members(["probe": .text, "salt": .digest, "text": .text], optional: [:])

  /// The text of a probe that is revealed.
  static let probe = EvidenceForm.members(
    ["id": .text, "prompt": .text],
    optional: [
      "system": .text, "category": .text, "language": .text, "samples": .count(from: 1), "max_tokens": .count(from: 1),
      "temperature": .number, "reads": .list(.text),
      "given": .members(
        ["text": .text, "prompt_id": .text, "sample": .count(from: 0)],
        optional: [
          "of": .text, "tokens": .table(.list(.count(from: 0))),
          "plain": .members(
            ["spelling": .text, "name": .text, "marks": .count(from: 1), "usual": .number], optional: [:]),
        ]),
    ])

  static let withheld = EvidenceForm.either(
    .members(["what": .exactly(.string("probe")), "probe": .text], optional: [:]),
    .members(
      ["what": .oneOf(Withheld.Kind.allCases.map(\.rawValue)), "sha256": .digest], optional: [:]))

  static let failure = EvidenceForm.members(["kind": .text, "detail": .text], optional: [:])

  static let answer = EvidenceForm.members(
    ["text": .text],
    optional: [
      "reasoning": .text, "reasoning_source": .text, "finish": .text, "native_finish": .text,
      "prompt_tokens": .count(from: 0), "completion_tokens": .count(from: 0), "reasoning_tokens": .count(from: 0),
      "declared_model": .text, "fingerprint": .text, "tokens": .list(.token), "prompt_tokens_logprobs": .list(.token),
      "pasted": .exactly(.bool(true)), "others": .list(.text), "response_id": .text,
    ])

  private static let tokenMembers = EvidenceForm.members(
    ["token": .text],
    optional: [
      "id": .integer, "bytes": .list(.count(from: 0)), "logprob": .number, "top_logprobs": .list(.token),
    ])

  /// What is planned. Members of the protocol beside these are not judged: what they say is not read here.
  static let plannedWhole = EvidenceForm.members(["items": .count(from: 0), "sha256": .digest], optional: [:])
  static let probesWhole = EvidenceForm.members(["count": .count(from: 0), "root": .digest], optional: [:])

  static let measurement = EvidenceForm.members(
    [
      "schema": .exactly(.string("retort.protocol/1")), "seed": .text, "suspect": member, "candidates": .list(member),
      "cohort": .list(member), "probes": .list(.digest), "samples": .count(from: 0),
      "sampling": .members(
        ["temperature": .number, "top_p": .number, "max_tokens": .count(from: 0), "logprobs": .bool],
        optional: ["top_logprobs": .count(from: 0), "prompt_logprobs": .exactly(.bool(true))]),
    ], optional: [:])

  /// A model that is asked, or whose answers were recorded before.
  private static let member = EvidenceForm.either(
    asked, .members(["model": .text, "recorded": recorded], optional: [:]))

  private static let recorded = EvidenceForm.members(
    [
      "file": .text, "sha256": .digest, "answers": .count(from: 1), "probes": .count(from: 1),
      "by_prompt": .count(from: 0), "left_out": .count(from: 0),
    ],
    optional: [
      "by": .text, "date": .text, "from": .text, "temperature": .number, "top_p": .number,
      "max_tokens": .count(from: 1), "template": .text,
    ])

  private static let asked = EvidenceForm.members(
    [
      "model": .text, "url": .text, "served_model": .text,
      "dialect": .oneOf(Endpoint.DialectName.allCases.map(\.rawValue)),
      "token_limit_field": .oneOf(Endpoint.TokenLimitField.allCases.map(\.rawValue)),
    ],
    optional: [
      "api_version": .text, "provider": .text, "stream": .exactly(.bool(true)), "fields": .object, "omit": .list(.text),
    ])
}
