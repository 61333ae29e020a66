enum Version {
  static let number = "0.5.0"
  static let tool = "retort \(number)"
}
