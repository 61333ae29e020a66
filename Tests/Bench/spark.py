"""Shows that a measurement has the same bytes in one process and on Apache Spark, whatever the partitions and whatever is lost.

usage: spark.py RETORT.tar.gz ANSWERS VENV OUT.md

ANSWERS is a folder of transcripts. One process, `local[2]` with 1, 3 and 7 partitions, and a standalone cluster of two workers on the
loopback interface with an executor killed in the midst of its task; one SHA-256 for all. Skipped, saying so, without Java or pyspark.
"""
import gzip, hashlib, json, os, shutil, signal, subprocess, sys, tempfile, time, urllib.parse

archive, answers, venv, out = map(os.path.abspath, sys.argv[1:])
here = os.path.dirname(os.path.abspath(__file__))
measure = os.path.join(here, "..", "..", "Reports", "spark", "measure.py")
python = os.path.join(venv, "bin", "python")


def skip(why):
    print(f"spark: skipped: {why}")
    sys.exit(0)


if not shutil.which("java"):
    skip("there is no java")
found = subprocess.run([python, "-c", "import os, pyspark; print(pyspark.__version__, os.path.dirname(pyspark.__file__))"],
                       capture_output=True, text=True) if os.path.exists(python) else None
if not found or found.returncode:
    skip(f"there is no pyspark in {venv}")
version, home = found.stdout.split()
work = tempfile.mkdtemp()
environment = {**os.environ, "SPARK_HOME": home, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": python,
               "PYSPARK_DRIVER_PYTHON": python, "SPARK_LOG_DIR": work, "SPARK_DAEMON_MEMORY": "256m"}
loopback = ["--conf", "spark.ui.enabled=false", "--conf", "spark.driver.bindAddress=127.0.0.1", "--conf", "spark.driver.host=127.0.0.1",
            "--conf", "spark.executor.memory=512m", "--conf", f"spark.local.dir={work}"]


def digest(file):
    return hashlib.sha256(open(file, "rb").read()).hexdigest()


def one_process():
    subprocess.run(["tar", "-xzf", archive, "-C", work], check=True)
    inner = next(f for f in [""] + os.listdir(work) if os.path.exists(os.path.join(work, f, "bin", "retort")))
    retort = os.path.join(work, inner, "bin", "retort")
    rows = []
    for name in os.listdir(answers):
        text = (gzip.open if name.endswith(".gz") else open)(os.path.join(answers, name), "rt", encoding="utf-8").read()
        model = urllib.parse.unquote(name.removesuffix(".gz").removesuffix(".jsonl"))
        rows += [{"model": model, **json.loads(line)} for line in text.split("\n") if line.strip()]
    rows.sort(key=lambda r: (r["prompt_id"], r["model"], r.get("sample", 0)))
    lines = "".join(json.dumps({k: v for k, v in r.items() if k != "logprobs"}) + "\n" for r in rows)
    part, merged = os.path.join(work, "one.part"), os.path.join(work, "one")
    with open(part, "wb") as file:
        subprocess.run([retort, "shard"], input=lines.encode(), stdout=file, check=True)
    subprocess.run([retort, "merge", part, "-o", merged], check=True)
    return merged


def submit(name, master, partitions, more=()):
    merged = os.path.join(work, name)
    command = [os.path.join(home, "bin", "spark-submit"), "--master", master, *loopback, measure, "--program", archive, "--answers",
               f"file://{answers}/*.jsonl*", "--output", merged, "--partitions", str(partitions), *more]
    jobs.append(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=open(merged + ".log", "wb")))
    return merged, jobs[-1]


def finished(merged, process):
    if process.wait(900):
        sys.exit(f"spark: {merged} failed:\n" + open(merged + ".log", errors="replace").read()[-3000:])
    return merged


def daemon(arguments, ready):
    log = os.path.join(work, f"{ready.split()[0]}-{time.time()}.log")
    process = subprocess.Popen([os.path.join(home, "bin", "spark-class"), *arguments], env={**environment, "SPARK_WORKER_DIR": work},
                               stdout=open(log, "wb"), stderr=subprocess.STDOUT)
    for _ in range(300):
        if ready in open(log, errors="replace").read():
            return process
        time.sleep(0.3)
    sys.exit(f"spark: no cluster: see {log}")


def parents(pid):
    while pid > 1:
        pid = int(open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[1])
        yield pid


def kill_executor(workers, job):
    """Of our workers, the executor whose `retort shard` is at work: killed as a machine would be that loses power."""
    for _ in range(3000):
        if job.poll() is not None:
            break
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                command = open(f"/proc/{pid}/cmdline", "rb").read().split(b"\0")
                if len(command) > 1 and command[0].endswith(b"/bin/retort") and command[1] == b"shard":
                    line = list(parents(int(pid)))
                    for ancestor in line:
                        executor = b"CoarseGrainedExecutorBackend" in open(f"/proc/{ancestor}/cmdline", "rb").read()
                        if executor and workers & set(line):
                            os.kill(ancestor, signal.SIGKILL)
                            return
            except (FileNotFoundError, ProcessLookupError):
                pass
        time.sleep(0.1)
    sys.exit("spark: no executor was seen at work")


rows, jobs, daemons = [], [], []
try:
    def note(name, start, merged):
        rows.append((name, time.time() - start, digest(merged)))
        print(f"{name}: {rows[-1][1]:.0f} s, {rows[-1][2]}", flush=True)

    start = time.time()
    note("one process", start, one_process())
    for partitions in (1, 3, 7):
        start = time.time()
        note(f"local[2], {partitions} partitions", start, finished(*submit(f"local-{partitions}", "local[2]", partitions)))
    start = time.time()
    note("local[2], 3 partitions, each in 3 tiles", start, finished(*submit("tiles", "local[2]", 3, ["--tiles", "2"])))
    daemons.append(daemon(["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "17077", "--webui-port", "18080"],
                          "elected leader"))
    workers = [daemon(["org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port",
                       f"{18081 + n}", "spark://127.0.0.1:17077"], "Successfully registered with master") for n in range(2)]
    daemons += workers
    start = time.time()
    merged, process = submit("cluster", "spark://127.0.0.1:17077", 7, ["--pause", "3"])
    kill_executor({worker.pid for worker in workers}, process)
    note("two workers, 7 partitions, an executor killed at work", start, finished(merged, process))
    if b"Lost executor" not in open(merged + ".log", "rb").read():
        sys.exit("spark: the executor that was killed was not missed")
finally:
    for process in jobs + daemons[::-1]:
        process.terminate()
        process.wait()

same = len({row[2] for row in rows}) == 1
with open(out, "w") as file:
    file.write("# The same measurement on Apache Spark\n\nMade by `make spark`"
               f" with Spark {version}, of {len(os.listdir(answers))} transcripts.\n\n| where | wall time | SHA-256 of the measurement |\n|---|---|---|\n")
    file.writelines(f"| {name} | {seconds:.0f} s | `{sha}` |\n" for name, seconds, sha in rows)
shutil.rmtree(work)
sys.exit(0 if same else "spark: the measurements differ")
