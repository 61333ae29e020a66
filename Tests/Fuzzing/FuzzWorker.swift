import Foundation
import Probing

/// Executes one input after the other in this process, which may die of any of them. What it is at is in a file, so that
/// whoever watches can tell which.
struct FuzzWorker {
  let seed: UInt64
  let state: String
  /// Names of readers; none takes all.
  let chosen: Set<String>

  /// What an input did without ending the process.
  struct Outcome {
    /// An error that the program has no words for, or a promise that was not kept; nil for a reading or a refusal.
    let fault: String?
    /// Bytes by which the process grew.
    let growth: Int
  }

  /// Growth that an input may cause: a fixed amount for caches, and so many times its own size.
  static func allowedGrowth(_ input: [UInt8]) -> Int { 192 << 20 + input.count * 120 }

  static func readers(_ chosen: Set<String>) throws -> [FuzzReader] {
    let all = try FuzzReader.all() + (chosen.contains { $0.hasPrefix("faulty-") } ? FuzzReader.faulty : [])
    let unknown = chosen.subtracting(all.map(\.name))
    guard unknown.isEmpty else { throw FuzzFault(description: "no reader \(unknown.sorted().joined(separator: ", "))") }
    return chosen.isEmpty ? all : all.filter { chosen.contains($0.name) }
  }

  /// Runs until it is told to stop by its numbers, or dies.
  ///
  /// - Parameter report: called with a fault, its reader and its input.
  func run(from first: Int, count: Int, report: (String, String, [UInt8]) throws -> Void) throws {
    let readers = try Self.readers(chosen)
    let file = open(state, O_WRONLY | O_CREAT, 0o600)
    guard file >= 0 else { throw FuzzFault(description: "\(state) cannot be written") }
    defer { close(file) }
    let (last, overflow) = first.addingReportingOverflow(count)
    for execution in first..<(overflow ? .max : last) {
      let reader = readers[execution % readers.count]
      let input = Self.input(reader, seed: seed, execution: execution)
      FuzzState(execution: execution, reader: reader.name, input: input).write(to: file)
      let outcome = Self.execute(reader, input)
      if let fault = outcome.fault { try report(fault, reader.name, input) }
      if outcome.growth > Self.allowedGrowth(input) {
        try report("grew by \(outcome.growth >> 20) MiB", reader.name, input)
        // The most that a process took is never lowered: only a new one can see the next.
        FuzzState(execution: execution + 1, reader: "", input: []).write(to: file)
        return
      }
    }
    FuzzState(execution: .max, reader: "", input: []).write(to: file)
  }

  static func input(_ reader: FuzzReader, seed: UInt64, execution: Int) -> [UInt8] {
    var mutation = Mutation(draws: Draws(seed: seed, execution: execution))
    let base = reader.seeds[mutation.draws.below(reader.seeds.count)]
    return mutation.variant(of: base, others: reader.seeds)
  }

  static func execute(_ reader: FuzzReader, _ input: [UInt8]) -> Outcome {
    let before = peak()
    var fault: String?
    do {
      try reader.read(input)
    } catch let broken as FuzzFault {
      fault = broken.description
    } catch  where WordedError.holds(error) {
    } catch {
      fault = "an error without words: \(type(of: error)): \(error)"
    }
    return Outcome(fault: fault, growth: peak() - before)
  }

  /// The most memory that this process ever took, in bytes.
  private static func peak() -> Int {
    var usage = rusage()
    #if os(Linux)
      getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss << 10
    #else
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }
}

/// What a worker is at, in a file of fixed places: number, reader, input.
struct FuzzState {
  let execution: Int
  let reader: String
  let input: [UInt8]

  func write(to descriptor: Int32) {
    var bytes = withUnsafeBytes(of: execution, Array.init) + withUnsafeBytes(of: input.count, Array.init)
    bytes += Array(reader.utf8.prefix(48))
    bytes += Array(repeating: 0, count: 64 - bytes.count) + input
    _ = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  init(execution: Int, reader: String, input: [UInt8]) {
    self.execution = execution
    self.reader = reader
    self.input = input
  }

  /// nil before the first execution.
  init?(file: String) {
    guard let bytes = FileManager.default.contents(atPath: file).map({ [UInt8]($0) }), bytes.count >= 64 else {
      return nil
    }
    func number(_ place: Int) -> Int { bytes[place..<(place + 8)].withUnsafeBytes { $0.loadUnaligned(as: Int.self) } }
    execution = number(0)
    reader = String(decoding: bytes[16..<64].prefix { $0 != 0 }, as: UTF8.self)
    input = Array(bytes.dropFirst(64).prefix(max(0, number(8))))
  }
}
