import Formats
import Foundation
import TestSupport
import Testing

/// What `make wheel` and `make install` do with a program and its libraries. The program here is a script in place of the real one,
/// which takes minutes to make: what is packed is the same.
@Suite("Installation")
struct InstallationTests {
  private static let root = DocumentationTests.root

  private func distribution(in folder: TemporaryFolder) throws -> String {
    let program = """
      #!/bin/sh
      case "$1" in
        --version) echo "retort 9.8.7";;
        manual) mkdir -p "$3"; echo page > "$3/retort.1";;
        --generate-completion-script) echo "completions for $2";;
        *) echo "called with $*"; exit 7;;
      esac

      """
    let path = folder.file("dist/bin/retort")
    try FileBytes.write(program.utf8, to: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    try FileBytes.write("a library".utf8, to: folder.file("dist/lib/libsomething.so"))
    return folder.file("dist")
  }

  private func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  @Test("below a prefix lie the program behind a link, its libraries, the manual and completions")
  func prefix() throws {
    let folder = try TemporaryFolder()
    let installed = try run(["\(Self.root)/.ci/install", folder.file("here"), try distribution(in: folder)])
    #expect(installed.status == 0 && installed.output.contains("retort 9.8.7"), "\(installed.output)")
    let called = try run([folder.file("here/bin/retort"), "x"])
    #expect(called.status == 7 && called.output == "called with x\n")
    for file in [
      "lib/retort/lib/libsomething.so", "share/man/man1/retort.1", "share/bash-completion/completions/retort",
      "share/zsh/site-functions/_retort", "share/fish/vendor_completions.d/retort.fish",
    ] { #expect(FileBytes.exists(folder.file("here/\(file)")), "\(file)") }
  }

  @Test("the handbook becomes a site without a warning, its pages link to each other there")
  func handbook() throws {
    let folder = try TemporaryFolder()
    let made = try run(["\(Self.root)/.ci/handbook", folder.file("site")])
    try #require(made.status == 0, "\(made.output)")
    let page = try String(
      decoding: FileBytes.read(folder.file("site/data/documentation/retort/firstcase.json")), as: UTF8.self)
    #expect(
      page.contains("/documentation\\/retort\\/recordedanswers")
        || page.contains("/documentation/retort/recordedanswers"))
    #expect(!page.contains("RecordedAnswers.md"))
  }

  @Test(
    "a wheel is what pip installs, and the same files give the same bytes",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func wheel() throws {
    let folder = try TemporaryFolder()
    let dist = try distribution(in: folder)
    for name in ["one", "two"] {
      let made = try run(["\(Self.root)/.ci/wheel", folder.file(name), dist])
      #expect(made.status == 0, "\(made.output)")
    }
    let file = try #require(try FileBytes.list(folder.file("one")).first)
    #expect(file.hasPrefix("retort-9.8.7-py3-none-manylinux_2_17_") && file.hasSuffix(".whl"))
    #expect(try FileBytes.read(folder.file("one/\(file)")) == FileBytes.read(folder.file("two/\(file)")))
    let script = """
      import subprocess, sys, glob, os
      subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--disable-pip-version-check",
                      "--prefix", sys.argv[2], sys.argv[1]], check=True)
      package = glob.glob(sys.argv[2] + "/**/retort_cli", recursive=True)[0]
      ran = subprocess.run([sys.argv[2] + "/bin/retort", "x", "y"], capture_output=True, text=True,
                           env={**os.environ, "PYTHONPATH": os.path.dirname(package)})
      print(ran.returncode, ran.stdout.strip(), os.path.exists(sys.argv[2] + "/share/man/man1/retort.1"),
            os.path.exists(package + "/lib/libsomething.so"))
      """
    let output = try IndependentPython.run(
      script, arguments: [folder.file("one/\(file)"), folder.file("prefix")])
    #expect(String(decoding: output, as: UTF8.self) == "7 called with x y True True\n")
  }
}
