/// Names of fields under which people write keys into configurations.
package enum SecretName {
  package static func matches(_ key: String) -> Bool {
    let name = key.lowercased().filter { $0.isLetter }
    let whole: Set = ["key", "token", "auth", "authorization", "bearer", "headers", "password", "credentials"]
    return whole.contains(name)
      || ["apikey", "secret", "accesskey", "accesstoken", "authtoken", "apitoken"]
        .contains { name.contains($0) }
  }
}
