import Foundation

/// Keeps workers going, and keeps what they die of, hang at or grow by.
final class FuzzWatch {
  private let program: String
  private let seed: UInt64
  private let chosen: [String]
  private let folder: String
  private let state: String

  private(set) var executions = 0
  private(set) var finds: [(what: String, file: String)] = []
  private var known: [String: Int] = [:]

  /// Processor time after which one input counts as hanging.
  private let longest: Double
  /// Inputs kept of what looks alike.
  private static let kept = 3

  init(program: String, seed: UInt64, chosen: [String], folder: String, longest: Double) {
    self.longest = longest
    self.program = program
    self.seed = seed
    self.chosen = chosen
    self.folder = folder
    state = "\(Workplace.folder)/state"
  }

  /// - Parameters:
  ///   - seconds: of processor time, all workers together; nil for no limit.
  ///   - count: of executions; nil for no limit.
  /// - Returns: the processor time that was used.
  func run(from first: Int, seconds: Double?, count: Int?) throws -> Double {
    var next = first
    var used = 0.0
    while used < seconds ?? .infinity, next - first < count ?? .max {
      let end = try work(from: next, count: count.map { first + $0 - next }, seconds: seconds.map { $0 - used })
      used += end.seconds
      executions += end.next - next
      next = end.next
    }
    return used
  }

  private func work(from first: Int, count: Int?, seconds: Double?) throws -> (next: Int, seconds: Double) {
    let worker = Process()
    worker.executableURL = URL(fileURLWithPath: program)
    worker.arguments =
      ["worker", "--seed", String(seed), "--from", String(first), "--state", state, "--folder", folder]
      + (count.map { ["--count", String($0)] } ?? []) + chosen.flatMap { ["--reader", $0] }
    let trace = "\(Workplace.folder)/trace"
    _ = FileManager.default.createFile(atPath: trace, contents: nil)
    worker.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    worker.standardError = FileHandle(forWritingAtPath: trace)
    worker.standardOutput = FileHandle.standardOutput
    try? FileManager.default.removeItem(atPath: state)
    try worker.run()
    var last = (execution: -1, since: 0.0)
    var time = 0.0
    var hangs = false
    var isOver = false
    while worker.isRunning {
      usleep(200_000)
      time = Self.processorSeconds(worker.processIdentifier) ?? time
      if let seconds, time >= seconds {
        isOver = true
        break
      }
      guard let now = FuzzState(file: state)?.execution else { continue }
      if now != last.execution { last = (now, time) }
      if time - last.since > longest {
        hangs = true
        break
      }
    }
    if worker.isRunning { kill(worker.processIdentifier, SIGKILL) }
    worker.waitUntilExit()
    Workplace.remove(of: worker.processIdentifier)
    guard let at = FuzzState(file: state) else {
      let words = (try? String(contentsOfFile: trace, encoding: .utf8)) ?? ""
      throw FuzzFault(description: "the worker did not begin: \(words.suffix(500))")
    }
    if at.execution == .max { return (first + (count ?? 0), time) }
    if hangs {
      try keep("hangs", at)
      return (at.execution + 1, time)
    }
    // Stopped by the clock above: what it was at is not to blame. The system, too, ends what takes all of its memory so.
    if isOver, worker.terminationReason == .uncaughtSignal, worker.terminationStatus == SIGKILL {
      return (at.execution, time)
    }
    if worker.terminationReason == .uncaughtSignal {
      let words = (try? String(contentsOfFile: trace, encoding: .utf8)) ?? ""
      let line = words.split(separator: "\n").last { $0.contains("rror") } ?? "signal \(worker.terminationStatus)"
      try keep("died: \(line.suffix(160))", at)
      return (at.execution + 1, time)
    }
    if worker.terminationStatus != 0 {
      let words = (try? String(contentsOfFile: trace, encoding: .utf8)) ?? ""
      throw FuzzFault(description: "the worker ended with \(worker.terminationStatus): \(words.suffix(500))")
    }
    return (max(at.execution, first + 1), time)
  }

  private func keep(_ what: String, _ at: FuzzState) throws {
    if let file = try FuzzFinds(folder: folder).keep(what, at.reader, at.input, known: &known, most: Self.kept) {
      finds.append((what, file))
    }
  }

  private static func processorSeconds(_ process: Int32) -> Double? {
    #if os(Linux)
      // utime and stime are the 14th and 15th field; the second, in parentheses, may hold spaces.
      guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
        let end = text.lastIndex(of: ")")
      else { return nil }
      let fields = text[text.index(after: end)...].split(separator: " ")
      guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
      return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    #else
      // Without /proc the time of day does.
      return ProcessInfo.processInfo.systemUptime
    #endif
  }
}

/// Inputs that broke something, in a folder for each reader.
struct FuzzFinds {
  let folder: String

  /// - Returns: the file; nil if enough like it are kept.
  func keep(
    _ what: String, _ reader: String, _ input: [UInt8], known: inout [String: Int], most: Int
  ) throws -> String? {
    let kind = "\(reader): \(what.filter { !$0.isNumber }.prefix(120))"
    known[kind, default: 0] += 1
    guard known[kind, default: 0] <= most else { return nil }
    let place = "\(folder)/\(reader)"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in input { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let file = "\(place)/\(String(hash, radix: 16))"
    try Data(input).write(to: URL(fileURLWithPath: file))
    print("find: \(reader): \(what)\n      \(file), \(input.count) bytes")
    fflush(nil)
    return file
  }
}
