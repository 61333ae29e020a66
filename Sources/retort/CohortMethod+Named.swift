import Likelihood

extension CohortMethod {
  /// - Throws: `UsageError.unknownMethod`.
  static func named(_ version: Int) throws -> CohortMethod {
    guard let method = all.first(where: { $0.version == version }) else { throw UsageError.unknownMethod(version) }
    return method
  }
}
