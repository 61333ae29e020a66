/// What one foreign file holds, and what its records were read from.
struct ImportedFile {
  var records: [ImportRecord]
  /// By role, the fields that were taken for it, as paths.
  var taken: [ImportFields.Role: Set<String>] = [:]
  /// `NaN`, `Infinity` and `-Infinity`, read as absent values.
  var absent = 0
}
