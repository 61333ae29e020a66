import CaseFile
import Foundation
import Likelihood
import Probing
import Reporting

/// One run of a case from the terminal: progress, Ctrl-C, and then the report.
struct CaseSession {
  let configuration: CaseConfiguration
  let file: String
  let output: String
  let json: Bool
  /// What the user types to go on.
  let resume: String
  var progress = ProgressMode.auto
  /// Whether endpoints are checked before they are asked.
  var checks = true
  /// What the protocol says that the answers will be weighed with.
  var calibration: Calibration?
  var custody: RunCustody?
  /// Servers that are asked how far the machine's clock is off.
  var clocks: [NetworkTime] = []
  /// Whether the protocol says how the answers will be weighed: those of a follow-up are weighed with no calibration.
  var plansAnalysis = true
  /// Whether the answers are analysed at once.
  var reports = true
  /// Whether the report may hold words of models and probes.
  var excerpts = true

  /// - Throws: `StoppedRun` if items are left unanswered; everything answered is stored by then.
  func run() async throws {
    try await probe()
    guard reports else { return Talk.say("not analysed yet: retort report \(ShellWord.quoted(file))") }
    let store = try CaseStore.open(at: file)
    let contents: CaseContents
    do {
      contents = try store.contents()
      try store.close()
    } catch {
      try? store.close()
      throw error
    }
    try await AnalysisOutput(folder: output, json: json, excerpts: excerpts).write(contents)
  }

  @discardableResult
  func probe() async throws -> RunResult {
    KeyFiles.warn(configuration.models)
    let display = ProgressDisplay(progress)
    let configuration = configuration
    let file = file
    let checks = checks
    let hasWindows = configuration.models.contains { $0.endpoint.dialect == .manual }
    let custody = custody
    let clocks = clocks
    let analysis =
      plansAnalysis
      ? PlannedAnalysis(of: configuration, method: .version2, calibration: try calibration ?? Calibration.shipped())
      : nil
    let work = Task {
      try await CaseRun.perform(
        configuration, at: file, environment: ProcessInfo.processInfo.environment, tool: Version.tool,
        analysis: analysis, custody: custody, clocks: clocks, checks: checks,
        manual: hasWindows ? PasteWindow.transport() : nil,
        checked: { CapabilityText.warnings($0).forEach { Talk.say($0) } },
        unguarded: { Talk.say(EndpointKeyText.unguarded($0)) }, progress: { display.show($0) })
    }
    let interrupts = Interrupts(first: {
      Talk.say("finishing what is in flight; Ctrl-C again stops at once")
      work.cancel()
    })
    let result: RunResult
    do {
      result = try await work.value
    } catch {
      display.end()
      throw error
    }
    interrupts.stop()
    display.end()
    Talk.say(
      "\(result.answered) of \(result.planned) answers in \(file), \(result.attempts) attempts in this run, "
        + "\(result.failures) of them failed")
    Talk.say(SpendingText.line(result, configuration))
    guard result.stop == .complete else { throw StoppedRun(result: result, resume: resume) }
    return result
  }
}

/// A run that ended before every item had its answer.
struct StoppedRun: Error {
  let result: RunResult
  let resume: String
}

/// Ctrl-C: the first calls back, the second ends the process. What was answered is stored by then, whatever happens.
final class Interrupts: Sendable {
  // Dispatch's sources may be used from any thread.
  private nonisolated(unsafe) let source: any DispatchSourceSignal

  init(first: @escaping @Sendable () -> Void) {
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: DispatchQueue(label: "retort.interrupts"))
    nonisolated(unsafe) var count = 0
    source.setEventHandler {
      count += 1
      if count == 1 { first() } else { exit(ExitStatus.interrupted.rawValue) }
    }
    source.resume()
    self.source = source
  }

  func stop() {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
}
