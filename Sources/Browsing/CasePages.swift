import CaseFile
import Cases
import Reporting

/// The pages that show what a case file holds, and nothing that it lacks.
struct CasePages {
  let copy: CaseSnapshot
  private var store: CaseStore { copy.store }

  init(case copy: CaseSnapshot) { self.copy = copy }

  private static let rows = 100
  private static let beginning = 160

  /// - Parameter report: nil while it is being computed.
  func overview(_ report: ServedReport?) throws -> String {
    let outcomes = try store.outcomes()
    let planned = try store.plan().reduce(into: [ModelID: Int]()) { $0[$1.model, default: 0] += 1 }
    let kinds = Attempt.Outcome.allCases.map(\.rawValue)
    let rows = planned.keys.sorted().map { model -> [Page.Cell] in
      let own = outcomes[model] ?? [:]
      return [
        Page.Cell(model.rawValue, to: QueryItems.address("/attempts", [("model", model.rawValue)])),
        Page.Cell("\(planned[model] ?? 0)"),
      ]
        + kinds.map { kind in
          let count = own[kind] ?? 0
          return Page.Cell(
            "\(count)",
            to: count > 0 ? QueryItems.address("/attempts", [("model", model.rawValue), ("outcome", kind)]) : nil)
        }
    }
    let attempts = outcomes.values.reduce(0) { $0 + $1.values.reduce(0, +) }
    let answers = outcomes.values.reduce(0) { $0 + $1.reduce(0) { $0 + ($1.key == "failed" ? 0 : $1.value) } }
    let total = planned.values.reduce(0, +)
    return try Page(
      Self.question(report), lead: Self.answers(report),
      notes: ["\(answers) of \(total) planned answers are there, by \(attempts) attempts."],
      tables: [Page.Table(["model", "planned"] + kinds, rows)],
      links: [
        .init("Report", "/report"), .init("Probes", "/probes"), .init("Attempts", "/attempts"),
      ]
    ).html()
  }

  private static func question(_ report: ServedReport?) -> String {
    if case .html(_, let answer?)? = report { answer.question } else { "Case" }
  }

  /// The answers of the first page, in its words.
  private static func answers(_ report: ServedReport?) -> [Page.Block] {
    switch report {
    case nil: [Page.Block("The report", "It is being computed: load this page again.", to: "/report")]
    case .unavailable(let reason): [Page.Block("No report yet", reason)]
    case .html(_, nil): []
    case .html(_, let answer?):
      answer.candidates.map { Page.Block("\($0.mark) \($0.model): \($0.words)", $0.sentence, to: "/report") }
        + answer.further.map { Page.Block($0.question, $0.sentence) }
    }
  }

  func probes(_ query: QueryItems) throws -> String {
    let probes = try store.probes()
    let answers = try store.answersByProbe()
    let all = probes.keys.sorted()
    let place = query.number("from", default: 0)
    let shown = all.dropFirst(place).prefix(Self.rows)
    return try Page(
      "Probes", notes: [Self.range(place, shown.count, of: all.count)],
      tables: [
        Page.Table(
          ["probe", "category", "language", "answers", "prompt"],
          shown.compactMap { id in
            probes[id].map { probe in
              [
                Page.Cell(id.rawValue, to: Self.address(ofProbe: id)), Page.Cell(probe.category ?? ""),
                Page.Cell(probe.language ?? ""), Page.Cell("\(answers[id] ?? 0)"),
                Page.Cell(probe.prompt.beginning(Self.beginning)),
              ]
            }
          })
      ], links: Self.turning("/probes", [], place, shown.count, of: all.count)
    ).html()
  }

  func probe(_ query: QueryItems) throws -> String {
    guard let id = query["id"].map({ PromptID($0) }), let probe = try store.probes()[id] else {
      throw NoSuchThing(sentence: "The case has no probe of this name.")
    }
    let filter = AttemptFilter(probe: id.rawValue)
    let place = query.number("from", default: 0)
    let count = try store.countAttempts(filter)
    let attempts = try store.attempts(filter, offset: place, limit: Self.rows)
    let blocks =
      (probe.system.map { [Page.Block("System prompt", $0)] } ?? []) + [Page.Block("Prompt", probe.prompt)]
      + attempts.map {
        Page.Block(
          "\($0.model), sample \($0.sample), \($0.outcome)", $0.text, to: Self.address(ofAttempt: $0.id))
      }
    return try Page(
      "Probe \(id)", notes: [Self.range(place, attempts.count, of: count)], blocks: blocks,
      links: Self.turning("/probe", [("id", id.rawValue)], place, attempts.count, of: count)
    ).html()
  }

  func attempts(_ query: QueryItems) throws -> String {
    let filter = AttemptFilter(model: query["model"], probe: query["probe"], outcome: query["outcome"])
    let place = query.number("from", default: 0)
    let count = try store.countAttempts(filter)
    let attempts = try store.attempts(filter, offset: place, limit: Self.rows)
    let chosen = [("model", filter.model), ("probe", filter.probe), ("outcome", filter.outcome)]
    let words = chosen.compactMap { name, value in value.map { "\(name) \($0)" } }
    return try Page(
      "Attempts", notes: words + [Self.range(place, attempts.count, of: count)], tables: [Self.table(attempts)],
      links: Self.turning("/attempts", chosen, place, attempts.count, of: count)
    ).html()
  }

  func attempt(_ query: QueryItems) throws -> String {
    guard let attempt = try store.attempt(query.number("id", default: 0)) else {
      throw NoSuchThing(sentence: "The case has no attempt of this number.")
    }
    let summary = attempt.summary
    let answer = attempt.answer
    let facts: [(String, String?)] = [
      ("outcome", summary.outcome), ("failure", attempt.failureKind), ("sample", "\(summary.sample)"),
      ("run", "\(attempt.run)"), ("place in the plan", "\(attempt.order)"), ("seed", "\(attempt.requestSeed)"),
      ("started", summary.started), ("ended", attempt.ended),
      ("milliseconds", "\((attempt.nanoseconds + 500_000) / 1_000_000)"), ("address", attempt.url),
      ("status", summary.status.map { "\($0)" }), ("declared model", answer?.declaredModel),
      ("declared fingerprint", answer?.fingerprint), ("finish", answer?.finish),
      ("tokens of the prompt, declared", answer?.promptTokens.map { "\($0)" }),
      ("tokens of the answer, declared", answer?.completionTokens.map { "\($0)" }),
      ("pasted by a person", answer?.isPasted == true ? "yes" : nil),
      ("a key was cut out of the response", attempt.isRedacted ? "yes" : nil),
      ("SHA-256 of the request", attempt.requestDigest), ("SHA-256 of the response", attempt.responseDigest),
      ("hash of the attempt before", attempt.previous), ("hash of this attempt", attempt.hash),
    ]
    let links = [
      [
        Page.Cell("model"),
        Page.Cell(summary.model.rawValue, to: QueryItems.address("/attempts", [("model", summary.model.rawValue)])),
      ],
      [Page.Cell("probe"), Page.Cell(summary.probe.rawValue, to: Self.address(ofProbe: summary.probe))],
    ]
    var blocks: [Page.Block] = []
    if let answer {
      blocks.append(Page.Block("Answer", answer.text))
    } else {
      blocks.append(Page.Block("Failure", summary.text))
    }
    if let reasoning = answer?.reasoning { blocks.append(Page.Block("Reasoning, as the endpoint gave it", reasoning)) }
    blocks.append(Page.Block("Headers of the request", attempt.requestHeaders))
    blocks.append(Page.Block("Request", String(decoding: attempt.request, as: UTF8.self)))
    if let headers = attempt.responseHeaders { blocks.append(Page.Block("Headers of the response", headers)) }
    if let body = attempt.response { blocks.append(Page.Block("Response", String(decoding: body, as: UTF8.self))) }
    return try Page(
      "Attempt \(summary.id)",
      tables: [
        Page.Table(
          ["", ""], links + facts.compactMap { name, value in value.map { [Page.Cell(name), Page.Cell($0)] } })
      ], blocks: blocks
    ).html()
  }

  func search(_ query: QueryItems) throws -> String {
    guard let words = query["q"] else { return try Page("Search", notes: ["Nothing is searched for."]).html() }
    let after = query.number("after", default: 0)
    let wanted = words.lowercased()
    let probes =
      after > 0
      ? [] : try store.probes().values.filter { $0.prompt.lowercased().contains(wanted) }.sorted { $0.id < $1.id }
    let found = try store.search(words, after: after, limit: Self.rows)
    let more =
      found.count == Self.rows
      ? found.last.map {
        [Page.Link("more", QueryItems.address("/search", [("q", words), ("after", "\($0.id)")]))]
      } ?? [] : []
    let prompts = after > 0 ? "" : "\(probes.count) \(probes.count == 1 ? "prompt" : "prompts") and "
    return try Page(
      "Search", query: words,
      notes: [
        """
        \(prompts)\(found.count)\(more.isEmpty ? "" : " or more") \(found.count == 1 ? "attempt holds" : "attempts hold") the words.
        """
      ],
      tables: [
        Page.Table(
          ["probe", "prompt"],
          probes.prefix(Self.rows).map {
            [
              Page.Cell($0.id.rawValue, to: Self.address(ofProbe: $0.id)),
              Page.Cell(Self.around(wanted, in: $0.prompt)),
            ]
          }), Self.table(found, around: wanted),
      ], links: more
    ).html()
  }

  // MARK: Parts

  private static func table(_ attempts: [AttemptSummary], around words: String? = nil) -> Page.Table {
    Page.Table(
      ["attempt", "model", "probe", "sample", "outcome", "text"],
      attempts.map { attempt in
        [
          Page.Cell("\(attempt.id)", to: address(ofAttempt: attempt.id)), Page.Cell(attempt.model.rawValue),
          Page.Cell(attempt.probe.rawValue, to: address(ofProbe: attempt.probe)), Page.Cell("\(attempt.sample)"),
          Page.Cell(attempt.outcome),
          Page.Cell(words.map { around($0, in: attempt.text) } ?? attempt.text.beginning(beginning)),
        ]
      })
  }

  /// The text from a little before the words on.
  private static func around(_ words: String, in text: String) -> String {
    let lower = text.lowercased()
    guard let found = lower.firstRange(of: words) else { return text.beginning(beginning) }
    // Lower case may be longer than the text: places are counted, not taken over; and in scalars, since one character may be
    // as long as an answer.
    let before = max(lower.unicodeScalars.distance(from: lower.startIndex, to: found.lowerBound) - 60, 0)
    return (before > 0 ? "…" : "") + String(Substring(text.unicodeScalars.dropFirst(before))).beginning(beginning)
  }

  private static func address(ofProbe id: PromptID) -> String { QueryItems.address("/probe", [("id", id.rawValue)]) }
  private static func address(ofAttempt id: Int) -> String { QueryItems.address("/attempt", [("id", "\(id)")]) }

  private static func range(_ place: Int, _ shown: Int, of count: Int) -> String {
    shown == count
      ? "\(count) in all." : shown == 0 ? "None of \(count)." : "\(place + 1) to \(place + shown) of \(count)."
  }

  private static func turning(
    _ path: String, _ items: [(String, String?)], _ place: Int, _ shown: Int, of count: Int
  ) -> [Page.Link] {
    func link(_ text: String, _ from: Int) -> Page.Link {
      Page.Link(text, QueryItems.address(path, items + [("from", "\(from)")]))
    }
    return (place > 0 ? [link("before", max(place - rows, 0))] : [])
      + (place + shown < count ? [link("next", place + shown)] : [])
  }
}
