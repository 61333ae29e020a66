/// The exit codes of every command. They are a stable interface.
package enum ExitStatus: Int32 {
  /// Of `retort check` alone: the model behind the endpoint changed.
  case changed = 1
  /// Also where standard output or a file could not be written whole.
  case internalError = 2
  case couldNotMeasure = 3
  case authentication = 4
  case budget = 5
  // `retort verify`: what does not hold.
  case altered = 20
  case notSigned = 21
  case wrongTime = 22
  case incomplete = 23
  case notRecomputed = 24
  case notAsSaid = 25
  case usage = 64
  case interrupted = 130
}
