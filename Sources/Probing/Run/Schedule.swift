import Cases

/// Which item is asked next, and which endpoint is no longer asked. A value: time is handed in, nothing waits here.
struct Schedule {
  private struct Lane {
    let host: String
    let pool: String
    let cap: Int
    var pending: ArraySlice<PlannedItem>
    var delayed: [(item: PlannedItem, notBefore: Duration)] = []
    var inFlight = 0
    var lastFailure: (sameness: String, times: Int)?
    var lastDetail = ""
    /// Items that failed and will be, or are being, asked again.
    var retrying: Set<Int> = []
    var stopped: EndpointTrouble.Reason?
    var missing = 0

    /// It failed twice in the same way, and nothing was answered since: what waits is asked again before anything new,
    /// so that an outage is met with a few patient requests, not with the whole plan.
    var isInDoubt: Bool { (lastFailure?.times ?? 0) >= 2 && !retrying.isEmpty }
  }

  /// Endpoints of one host that count by one key share its limits.
  private struct Pool {
    let ceiling: Int
    var limit: Int
    var inFlight = 0
    var answersSinceChange = 0
    var pausedUntil: Duration = .zero
  }

  private struct History {
    var failures = 0
    let first: Duration
  }

  private let policy: RetryPolicy
  private var jitter: ScheduleGenerator
  private var lanes: [ModelID: Lane] = [:]
  private var pools: [String: Pool] = [:]
  private var histories: [Int: History] = [:]
  private let order: [ModelID]

  init(items: [PlannedItem], configuration: CaseConfiguration, policy: RetryPolicy) {
    self.policy = policy
    jitter = ScheduleGenerator(seed: configuration.seed ^ 0x6A69_7474_6572)
    order = configuration.models.map(\.id)
    let byModel = Dictionary(grouping: items, by: \.model)
    for model in configuration.models {
      let pool = model.endpoint.pool
      lanes[model.id] = Lane(
        host: model.endpoint.host, pool: pool,
        cap: model.endpoint.concurrency ?? model.endpoint.dialect.dialect.requestsAtOnce ?? .max,
        pending: (byModel[model.id] ?? [])[...])
      pools[pool] = Pool(ceiling: configuration.concurrency, limit: configuration.concurrency)
    }
  }

  var inFlight: Int { pools.values.reduce(0) { $0 + $1.inFlight } }

  /// Nothing is in flight, and nothing is left to ask.
  var isFinished: Bool {
    lanes.values.allSatisfy { $0.inFlight == 0 && ($0.stopped != nil || ($0.pending.isEmpty && $0.delayed.isEmpty)) }
  }

  /// The item to ask now, of those whose endpoint and pool have room: what has waited longest to be asked again, else
  /// the first of the plan. It stays where it is.
  func next(at now: Duration) -> PlannedItem? {
    let open = order.compactMap { lanes[$0] }.filter { hasRoom($0) && (pools[$0.pool]?.pausedUntil ?? .zero) <= now }
    let due = open.flatMap(\.delayed).filter { $0.notBefore <= now }
    let waiting = due.min { ($0.notBefore, $0.item.order) < ($1.notBefore, $1.item.order) }
    return waiting?.item ?? open.filter { !$0.isInDoubt }.compactMap(\.pending.first).min { $0.order < $1.order }
  }

  /// When something that waits may be asked again; nil if nothing waits for the clock.
  func wakes(after now: Duration) -> Duration? {
    var earliest: Duration?
    for lane in lanes.values where hasRoom(lane) {
      let paused = pools[lane.pool]?.pausedUntil ?? .zero
      let times =
        lane.delayed.map { max($0.notBefore, paused) } + (lane.pending.isEmpty || lane.isInDoubt ? [] : [paused])
      for time in times where time > now { earliest = min(earliest ?? time, time) }
    }
    return earliest
  }

  private func hasRoom(_ lane: Lane) -> Bool {
    guard let pool = pools[lane.pool] else { return false }
    return lane.stopped == nil && lane.inFlight < lane.cap && pool.inFlight < pool.limit
  }

  /// Whether the item was asked before in this run.
  func isRetry(_ item: PlannedItem) -> Bool { histories[item.order] != nil }

  mutating func begin(_ item: PlannedItem, at now: Duration) {
    lanes[item.model]?.inFlight += 1
    if lanes[item.model]?.pending.first?.order == item.order {
      lanes[item.model]?.pending.removeFirst()
    } else {
      lanes[item.model]?.delayed.removeAll { $0.item.order == item.order }
    }
    if let pool = lanes[item.model]?.pool { pools[pool]?.inFlight += 1 }
    if histories[item.order] == nil { histories[item.order] = History(first: now) }
  }

  /// - Parameter window: what the endpoint announced of its limits.
  mutating func answered(_ item: PlannedItem, window: RateWindow?, at now: Duration) {
    leave(item)
    histories[item.order] = nil
    lanes[item.model]?.lastFailure = nil
    lanes[item.model]?.retrying.remove(item.order)
    guard let name = lanes[item.model]?.pool, var pool = pools[name] else { return }
    pool.answersSinceChange += 1
    if let left = window?.remainingRequests, left < pool.limit {
      pool.limit = max(1, left)
      pool.answersSinceChange = 0
    } else if pool.limit < pool.ceiling, pool.answersSinceChange >= pool.limit {
      pool.limit += 1
      pool.answersSinceChange = 0
    }
    // A longer pause shows itself as a refusal, which says how to go on.
    if let pause = window?.pause { pool.pausedUntil = max(pool.pausedUntil, now + min(pause, policy.longestWait)) }
    pools[name] = pool
  }

  /// Takes a failure into account.
  ///
  /// - Parameter sameness: equal for failures that say the same.
  mutating func failed(
    _ item: PlannedItem, _ failure: FailureClass, sameness: String, detail: String, hint: Duration?, at now: Duration
  ) {
    leave(item)
    guard var lane = lanes[item.model] else { return }
    defer { lanes[item.model] = lane }
    histories[item.order]?.failures += 1
    let history = histories[item.order] ?? History(failures: 1, first: now)
    // Requests were in flight when it was given up: what they say is not why.
    if lane.stopped == nil { lane.lastDetail = detail }
    lane.lastFailure = (sameness, lane.lastFailure?.sameness == sameness ? (lane.lastFailure?.times ?? 0) + 1 : 1)
    let verdict = policy.verdict(
      failure, failures: history.failures, elapsed: now - history.first, hint: hint, jitter: jitter.nextFraction())
    lane.retrying.remove(item.order)
    switch verdict {
    case .retry(let wait):
      lane.delayed.append((item, now + wait))
      lane.retrying.insert(item.order)
      if failure == .throttle { slowDown(lane.pool, until: now + wait) }
    case .giveUp:
      lane.missing += 1
      // Not before an item has had all its tries: an outage may pass while it waits for them.
      if let times = lane.lastFailure?.times, times >= policy.identicalFailures, lane.stopped == nil {
        lane.stopped = .sameFailure(failure, times: times)
      }
    case .stopEndpoint(let reason):
      lane.missing += 1
      lane.stopped = lane.stopped ?? reason
    case .stopKey:
      lane.missing += 1
      lane.stopped = lane.stopped ?? .keyRefused
      for (model, other) in lanes where model != item.model && other.pool == lane.pool && other.stopped == nil {
        lanes[model]?.stopped = .keyRefused
        lanes[model]?.lastDetail = detail
      }
    }
  }

  private mutating func leave(_ item: PlannedItem) {
    lanes[item.model]?.inFlight -= 1
    if let pool = lanes[item.model]?.pool { pools[pool]?.inFlight -= 1 }
  }

  private mutating func slowDown(_ name: String, until: Duration) {
    guard var pool = pools[name] else { return }
    // Requests that were in flight together are throttled together: that is one event, not many.
    if pool.pausedUntil < until, pool.answersSinceChange > 0 || pool.limit == pool.ceiling {
      pool.limit = max(1, pool.limit / 2)
    }
    pool.answersSinceChange = 0
    pool.pausedUntil = max(pool.pausedUntil, until)
    pools[name] = pool
  }

  /// Endpoints with items that this run leaves without an answer, in the order of the configuration.
  var troubles: [EndpointTrouble] {
    order.compactMap { model in
      guard let lane = lanes[model] else { return nil }
      let missing = lane.missing + lane.pending.count + lane.delayed.count
      guard missing > 0 else { return nil }
      return EndpointTrouble(
        model: model, host: lane.host, reason: lane.stopped ?? .itemsFailed, missing: missing, detail: lane.lastDetail)
    }
  }
}
