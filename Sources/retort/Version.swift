enum Version {
  static let number = "0.7.0"
  static let tool = "retort \(number)"
}
