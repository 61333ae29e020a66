enum Version {
  static let number = "0.10.0"
  static let tool = "retort \(number)"
}
