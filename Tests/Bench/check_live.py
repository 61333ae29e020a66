"""How often `retort check` finds real changes: small language models behind llama.cpp's server, with a proxy that changes requests.

usage: check_live.py RETORT LAB OUT.md [CHECKS]      LAB holds models/*.gguf and prompts.jsonl; needs xllamacpp

The baseline is of T1-q8. Then CHECKS checks each of: itself; its 4-bit copy; a hidden temperature of 0.7 in place of what is asked;
a hidden system prompt; a fine-tune.
"""
import http.server, json, os, socketserver, subprocess, sys, tempfile, threading, time, urllib.request

SERVE = """
import sys, time, xllamacpp as x
p = x.CommonParams()
p.model.path = sys.argv[1]
p.hostnames = ["127.0.0.1"]; p.port = 0; p.n_parallel = 4; p.n_ctx = 4096; p.cpuparams.n_threads = 1
p.sampling.top_k = 0; p.sampling.min_p = 0.0; p.sampling.top_p = 1.0
s = x.Server(p)
print(s.listening_address, flush=True)
sys.stdin.read()
"""


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version, wbufsize, change, target = "HTTP/1.1", 65536, "none", ""

    def log_message(self, *args): pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if Proxy.change == "temperature": body["temperature"] = body["temperature"] * .7
        if Proxy.change == "system": body["messages"].insert(0, {"role": "system", "content": "Answer in one short sentence."})
        request = urllib.request.Request(Proxy.target + self.path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        data = urllib.request.urlopen(request, timeout=30).read()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def main():
    retort, lab, out = sys.argv[1:4]
    checks = int(sys.argv[4]) if len(sys.argv) > 4 else 20
    folder = tempfile.mkdtemp()
    servers, urls = [], {}
    for model in ("T1-q8", "T1-q4", "F1"):
        server = subprocess.Popen([sys.executable, "-c", SERVE, f"{lab}/models/{model}.gguf"], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        servers.append(server)
        line = ""
        while not line.startswith("http://"): line = server.stdout.readline()
        urls[model] = line.strip()
    proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    prompts = [json.loads(line) for line in open(f"{lab}/prompts.jsonl")][:28]
    with open(f"{folder}/probes.jsonl", "w") as file:
        for number, prompt in enumerate(prompts):
            peaked = number < 20
            file.write(json.dumps({"id": prompt["id"], "prompt": prompt["prompt"], "samples": 8 if peaked else 20,
                                   "max_tokens": 4 if peaked else 1, "temperature": .1 if peaked else 1}) + "\n")
    rows = []
    for logprobs in ("false", "true"):
        yaml = f"{folder}/{logprobs}.yaml"
        open(yaml, "w").write(f'endpoint: {{url: "http://127.0.0.1:{proxy.server_address[1]}/v1", model: T1}}\n'
                              f"probes: [probes.jsonl]\nsampling: {{temperature: 1, logprobs: {logprobs}}}\n")
        Proxy.change, Proxy.target = "none", urls["T1-q8"]
        base = f"{folder}/{logprobs}.json"
        run = lambda *arguments: subprocess.run([retort, *arguments], capture_output=True, text=True)
        made = run("baseline", "create", yaml, "-o", base)
        assert made.returncode == 0, made.stderr
        assert run("baseline", "approve", base, "--by", "bench", "--reason", "bench").returncode == 0
        for name, change, model in (("no change", "none", "T1-q8"), ("4-bit copy of the 8-bit model", "none", "T1-q4"),
                                    ("hidden temperature × 0.7", "temperature", "T1-q8"),
                                    ("hidden system prompt", "system", "T1-q8"), ("fine-tune", "none", "F1")):
            Proxy.change, Proxy.target = change, urls[model]
            counts, calls = {"SAME": 0, "CHANGED": 0, "INCONCLUSIVE": 0}, 0
            for number in range(checks):
                check = run("check", base, "--no-ledger", "--json", "--run", f"{name} {number}", "-o", f"{folder}/out-{logprobs}")
                result = json.loads(check.stdout)
                counts[result["verdict"]] += 1
                calls += result["calls"]["attempts"]
            declared = ", ".join(sorted({d["what"].split(",")[0] for d in result["declared"]})) or "–"
            rows.append(f"| {name} | {'with' if logprobs == 'true' else 'without'} | {counts['CHANGED']} | {counts['SAME']} | "
                        f"{counts['INCONCLUSIVE']} | {calls / checks:.0f} | {declared} |")
            print(rows[-1], flush=True)
    for server in servers: server.terminate()
    open(out, "w").write(
        "# What `retort check` finds of real changes\n\n"
        f"Made by `make check-live`: small language models (0.8 million parameters) behind llama.cpp's server, {checks} checks each against "
        "one baseline of the 8-bit model. 20 prompts at temperature 0.1 × 8 answers, 8 at temperature 1 × 20; at most 320 calls a "
        "check. The proxy between changes what its row says. What is declared decides nothing: the last column only tells that it "
        "was seen.\n\n| change | log-probabilities | CHANGED | SAME | INCONCLUSIVE | calls a check | declared |\n|---|---|---|---|---|---|---|\n"
        + "\n".join(rows) + "\n")


main()
