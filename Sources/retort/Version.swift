enum Version {
  static let number = "0.9.0"
  static let tool = "retort \(number)"
}
