extension CommandLine {
  /// Arguments in which a negative number belongs to the option before it: to the argument parser `-5` is an option of its own,
  /// and `--port -5` an option without a value. No option of ours is a digit.
  package static func joined(_ arguments: [String]) -> [String] {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    var joined: [String] = []
    for argument in arguments[..<end] {
      if let option = joined.last, isNegative(argument), option.utf8.starts(with: "--".utf8),
        !option.utf8.contains(0x3D)
      {
        joined[joined.count - 1] = "\(option)=\(argument)"
      } else {
        joined.append(argument)
      }
    }
    return joined + arguments[end...]
  }

  /// `-` and a digit, or a point and a digit, and so on.
  private static func isNegative(_ argument: String) -> Bool {
    let rest = argument.utf8.dropFirst()
    return argument.utf8.first == 0x2D && (rest.drop { $0 == 0x2E }.first.map { (0x30...0x39).contains($0) } ?? false)
  }
}
