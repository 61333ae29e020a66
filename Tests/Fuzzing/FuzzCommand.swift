import Foundation

/// `fuzz [--seconds N | --count N] [--seed N] [--from N] [--longest SECONDS] [--reader NAME]… [--folder DIR]` runs; `fuzz replay FILE…` reads inputs
/// that lie in folders named as their readers; `fuzz readers` lists those; `fuzz seeds` tells how many
/// seeds each reads; `fuzz worker` is what the first one starts.
package enum FuzzCommand {
  /// - Returns: the exit code: 0, 1 for finds, 2 for what could not be run.
  package static func run(_ arguments: [String]) -> Int32 {
    defer { Workplace.remove() }
    do {
      return try begin(arguments)
    } catch {
      FileHandle.standardError.write(Data("fuzz: \(error)\n".utf8))
      return 2
    }
  }

  private static func begin(_ arguments: [String]) throws -> Int32 {
    switch arguments.dropFirst().first {
    case "readers":
      for reader in try FuzzReader.all() { print(reader.name) }
      return 0
    case "seeds": return try seeds()
    case "replay": return try replay(Array(arguments.dropFirst(2)))
    case "worker":
      let options = try Options(arguments.dropFirst(2))
      limitMemory()
      var known: [String: Int] = [:]
      var finds = 0
      try FuzzWorker(seed: options.seed, state: options.state, chosen: Set(options.readers)).run(
        from: options.from, count: options.count ?? .max
      ) { what, reader, input in
        finds += 1
        _ = try FuzzFinds(folder: options.folder).keep(what, reader, input, known: &known, most: 3)
      }
      return 0
    default:
      let options = try Options(arguments.dropFirst())
      guard options.seconds != nil || options.count != nil else {
        throw FuzzFault(description: "give --seconds or --count")
      }
      let before = try found(in: options.folder)
      let watch = FuzzWatch(
        program: try program(arguments), seed: options.seed, chosen: options.readers, folder: options.folder,
        longest: options.longest)
      let used = try watch.run(from: options.from, seconds: options.seconds, count: options.count)
      let finds = try found(in: options.folder).subtracting(before)
      print(
        "\(watch.executions) executions, \(String(format: "%.0f", used)) seconds of processor time, seed \(options.seed), from "
          + "\(options.from): \(finds.count) finds kept")
      return finds.isEmpty ? 0 : 1
    }
  }

  /// A process that wants more than this dies here, and not the machine.
  private static func limitMemory() {
    var limit = rlimit(rlim_cur: 8 << 30, rlim_max: 8 << 30)
    #if os(Linux)
      setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    #else
      setrlimit(RLIMIT_AS, &limit)
    #endif
  }

  private static func program(_ arguments: [String]) throws -> String {
    if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") { return path }
    guard let path = arguments.first else { throw FuzzFault(description: "the program does not know where it is") }
    return path
  }

  private static func found(in folder: String) throws -> Set<String> {
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    return Set(try FileManager.default.subpathsOfDirectory(atPath: folder))
  }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Reads each input in this process: of what traps nothing is said but its name, before.
  private static func replay(_ paths: [String]) throws -> Int32 {
    limitMemory()
    let readers = Dictionary(uniqueKeysWithValues: try FuzzReader.all().map { ($0.name, $0) })
    var faults = 0
    for path in paths.isEmpty ? try kept() : paths {
      let name = URL(fileURLWithPath: path).deletingLastPathComponent().lastPathComponent
      guard let reader = readers[name] else { throw FuzzFault(description: "\(path): no reader \(name)") }
      print("\(name)/\(URL(fileURLWithPath: path).lastPathComponent)")
      fflush(nil)
      let input = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      let started = processorTime()
      let outcome = FuzzWorker.execute(reader, input)
      let seconds = processorTime() - started
      if let fault = outcome.fault {
        faults += 1
        print("  \(fault)")
      }
      if outcome.growth > FuzzWorker.allowedGrowth(input) {
        faults += 1
        print("  grew by \(outcome.growth >> 20) MiB")
      }
      if seconds > 10 {
        faults += 1
        print("  took \(String(format: "%.0f", seconds)) seconds")
      }
    }
    return faults == 0 ? 0 : 1
  }

  /// Reads each seed as it is: a reader that refuses all of them looks at nothing but its first check.
  private static func seeds() throws -> Int32 {
    var unread = 0
    for reader in try FuzzReader.all() {
      let read = reader.seeds.count { seed in (try? reader.read(seed)) != nil }
      print("\(reader.name): \(read) of \(reader.seeds.count) read")
      if read == 0 { unread += 1 }
    }
    return unread == 0 ? 0 : 1
  }

  /// Inputs that once broke something.
  private static func kept() throws -> [String] {
    try found(in: SeedFiles.found).filter { $0.contains("/") }.sorted().map { "\(SeedFiles.found)/\($0)" }
  }

  private struct Options {
    var seed: UInt64 = 1
    var from = 0
    var count: Int?
    var seconds: Double?
    var longest = 10.0
    var readers: [String] = []
    var folder = SeedFiles.found
    var state = ""

    init(_ arguments: ArraySlice<String>) throws {
      var rest = arguments
      func number<Value>(_ text: String, _ parse: (String) -> Value?) throws -> Value {
        guard let value = parse(text) else { throw FuzzFault(description: "\(text) is no number") }
        return value
      }
      while let name = rest.popFirst() {
        guard let value = rest.popFirst() else { throw FuzzFault(description: "\(name) has no value") }
        switch name {
        case "--seed": seed = try number(value) { UInt64($0) }
        case "--from": from = try number(value) { Int($0) }
        case "--count": count = try number(value) { Int($0) }
        case "--seconds": seconds = try number(value) { Double($0) }
        case "--longest": longest = try number(value) { Double($0) }
        case "--reader": readers.append(value)
        case "--folder": folder = value
        case "--state": state = value
        default: throw FuzzFault(description: "no option \(name)")
        }
      }
    }
  }
}
