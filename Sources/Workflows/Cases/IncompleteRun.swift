package import Probing

/// A run that ended so that nothing can be made of it: the key was refused, or somebody interrupted it.
package struct IncompleteRun: Error {
  package let result: RunResult

  package init(_ result: RunResult) { self.result = result }
}
