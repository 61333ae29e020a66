enum Version {
  static let number = "0.3.0"
  static let tool = "retort \(number)"
}
