enum Version {
  static let number = "0.4.0"
  static let tool = "retort \(number)"
}
