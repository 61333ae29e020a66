enum ManualError: Error {
  /// The argument parser describes the commands in a way that is not understood.
  case noDescription
}
