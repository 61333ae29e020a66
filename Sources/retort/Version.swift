enum Version {
  static let number = "0.8.0"
  static let tool = "retort \(number)"
}
