package import Likelihood

extension CohortMethod {
  /// - Throws: `WorkflowError.unknownMethod`.
  package static func named(_ version: Int) throws(WorkflowError) -> CohortMethod {
    guard let method = all.first(where: { $0.version == version }) else { throw .unknownMethod(version) }
    return method
  }
}
