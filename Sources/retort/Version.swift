enum Version {
  static let number = "0.6.0"
  static let tool = "retort \(number)"
}
