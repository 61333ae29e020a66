import Foundation
import TestSupport
import Testing

@Suite("Answers pasted at a terminal", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
struct ManualTerminalTests {
  /// One model is asked by hand, the others were recorded. A terminal cuts lines at 4,095 bytes unless it is told not to.
  @Test("a long line comes whole, what is pasted behind the end is no answer, and the terminal is put back")
  func pasted() throws {
    let folder = try CommandTests.folder()
    let script = """
      import json, os, pty, subprocess, sys, termios, time, select
      retort, folder = sys.argv[1:]
      os.makedirs(f"{folder}/recorded")
      probes = [{"id": f"p{i}", "prompt": f"Question {i}: is a::b ##[c]?"} for i in range(3)]
      open(f"{folder}/p.jsonl", "w").write("".join(json.dumps(p) + "\\n" for p in probes))
      for name in ["t", "a", "b", "c", "d"]:
          open(f"{folder}/recorded/{name}.jsonl", "w").write("".join(
              json.dumps({"prompt_id": p["id"], "sample": 0, "text": f"{name} says {p['id']}"}) + "\\n" for p in probes))
      cohort = ", ".join("{model: %s, transcripts: recorded/%s.jsonl}" % (n, n) for n in "abcd")
      open(f"{folder}/case.yaml", "w").write(
          "seed: 1\\nsuspect: {model: s, endpoint: {dialect: manual, model: w}}\\n"
          "candidates: [{model: t, transcripts: recorded/t.jsonl}]\\n"
          f"cohort: [{cohort}]\\nprobes: [p.jsonl]\\nsamples: 1\\n")
      master, slave = pty.openpty()
      before = termios.tcgetattr(slave)
      run = subprocess.Popen([retort, "run", "case.yaml", "--no-check", "--no-report"], cwd=folder, stdin=slave,
                             stdout=slave, stderr=slave, start_new_session=True)
      said, began = b"", time.time()
      def until(count):
          global said
          while said.count(b"then paste its whole answer") < count and time.time() - began < 60:
              if select.select([master], [], [], 0.1)[0]: said += os.read(master, 65536)
      def paste(data):
          global said
          while data:
              ready = select.select([master], [master], [], 0.1)
              if ready[0]: said += os.read(master, 65536)
              if ready[1]: data = data[os.write(master, data[:512]):]
      until(1); paste(b"A" * 10000 + b"\\nmore\\n.\\nforged one\\n.\\nforged two\\n.\\n")
      until(2); paste(b"secc\\x7fond\\n.\\n")
      until(3); paste(b"third\\n.\\n")
      while run.poll() is None and time.time() - began < 60:
          if select.select([master], [], [], 0.1)[0]: said += os.read(master, 65536)
      run.kill() if run.poll() is None else None
      after = termios.tcgetattr(slave)
      subprocess.run([retort, "export", "case.retort", "-o", "out"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
      texts = sorted(json.loads(l)["text"] for l in open(f"{folder}/out/transcripts/s.jsonl"))
      print(json.dumps({"status": run.wait(), "texts": texts, "restored": before == after,
                        "forgotten": "were not taken" in said.decode(errors="replace"),
                        "prompts": said.decode(errors="replace").count(": is a::b ##[c]?\\r\\n")}))
      """
    struct Found: Decodable {
      let status: Int
      let texts: [String]
      let restored: Bool
      let forgotten: Bool
      let prompts: Int
    }
    let found = try JSONDecoder().decode(
      Found.self, from: IndependentPython.run(script, arguments: [CommandTests.program, folder]))
    #expect(found.status == 0 && found.restored && found.forgotten)
    #expect(found.prompts == 3)
    #expect(found.texts == [String(repeating: "A", count: 10_000) + "\nmore", "second", "third"])
  }
}
