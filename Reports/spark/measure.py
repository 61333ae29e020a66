"""Measures answers on Apache Spark: runs `retort shard` over partitions of prompts and adds the parts up with `retort merge`.

usage: spark-submit measure.py --program retort.tar.gz --answers 'FOLDER/*.jsonl.gz' --output measurement
                               [--partitions N] [--rows] [--tiles BLOCKS] [--method VERSION]

The archive is that of `make dist`: Spark unpacks it on every executor, so nothing need be installed there but Python. FOLDER holds one
transcript a model, named by the model; or, with --with-model, files whose lines name it ("model"). The job fails as a whole if one
shard fails for good: a part that has no end is no part, and what is lost with an executor is measured again by Spark. Whatever the
partitions, their order and their number, and with --tiles or without, the measurement has the same bytes. With --tiles every tile of every
partition is a task of its own, for models whose pairs are too many for the memory of one; the answers are shuffled once. `retort compare`, `tree` and `validate` take it with
--measurement.
"""
import argparse, json, os, subprocess, sys, tempfile, threading, time, urllib.parse, zlib


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", required=True, help="archive with bin/retort and lib, of make dist")
    parser.add_argument("--answers", required=True, help="transcripts, by a pattern")
    parser.add_argument("--with-model", action="store_true", help="lines name their model")
    parser.add_argument("--output", required=True, help="file for the measurement")
    parser.add_argument("--partitions", type=int, default=0, help="shards; default: four a core")
    parser.add_argument("--rows", action="store_true", help="keep what each prompt contributes, for intervals")
    parser.add_argument("--tiles", type=int, help="deal the models into so many blocks, 2 or more, and measure each pair of blocks by itself")
    parser.add_argument("--method", type=int, help="version of the method; default: the program's")
    parser.add_argument("--pause", type=float, default=0, help="seconds that a task waits in its midst: to try what is lost")
    options = parser.parse_args()
    if options.tiles is not None and options.tiles < 2:
        parser.error("--tiles: 2 blocks or more")
    return options


def runs(options):
    """What `retort shard` is given for each part of a partition: one, or one a tile."""
    common = ["--rows"] if options.rows else []
    if options.method is not None:
        common += ["--method", str(options.method)]
    if options.tiles is None:
        return [common]
    tiles = options.tiles * (options.tiles + 1) // 2
    return [common + ["--tiles", str(options.tiles), "--tile", str(tile)] for tile in range(1, tiles + 1)]


def answers(file):
    """Lines of one transcript, with the model that its name gives."""
    path, text = file
    name = os.path.basename(path)
    for ending in (".gz", ".jsonl"):
        name = name.removesuffix(ending)
    model = urllib.parse.unquote(name)
    for line in text.split("\n"):
        if line.strip():
            yield keyed({"model": model, **json.loads(line)})


def keyed(answer):
    answer.setdefault("sample", 0)
    line = json.dumps({k: answer[k] for k in ("model", "prompt_id", "sample", "text", "reasoning") if answer.get(k) is not None})
    return (answer["prompt_id"], answer["model"], answer["sample"]), line


def shard(options, pause):
    """Runs `retort shard` over one partition: all of it, or an exception."""

    def run(lines):
        from pyspark import SparkFiles

        root = SparkFiles.getRootDirectory()
        folder = os.path.join(root, "retort")
        inner = [f for f in os.listdir(folder) if os.path.exists(os.path.join(folder, f, "bin", "retort"))]
        program = os.path.join(folder, *inner[:1], "bin", "retort")
        # Whatever the executor was started with stays outside.
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
        process = subprocess.Popen(
            [program, "shard", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        failures, errors = [], []

        def feed():
            try:
                for number, line in enumerate(lines):
                    if pause and number == 1:
                        process.stdin.flush()
                        time.sleep(pause)
                    process.stdin.write(line.encode() + b"\n")
                process.stdin.close()
            except BrokenPipeError:
                pass  # it ended early, and says why
            except BaseException as failure:  # else it would wait for ever for what does not come
                failures.append(failure)
                process.kill()

        feeding = threading.Thread(target=feed, daemon=True)
        listening = threading.Thread(target=lambda: errors.append(process.stderr.read()[-4000:]), daemon=True)
        feeding.start()
        listening.start()
        part = process.stdout.read()
        feeding.join()
        listening.join()
        code = process.wait()
        if failures:
            raise failures[0]
        if code != 0:
            raise RuntimeError(f"retort shard ended with {code}: {errors[0].decode(errors='replace').strip()}")
        if not part.endswith(b"\n") or not part[:-1].rpartition(b"\n")[2].startswith(b"end\t"):
            raise RuntimeError("retort shard: its output was cut off")
        yield part

    return run


def main():
    options = arguments()
    from pyspark import SparkConf, SparkContext

    conf = SparkConf().setAppName("retort").setIfMissing("spark.archives", options.program + "#retort")
    context = SparkContext(conf=conf)
    partitions = options.partitions or 4 * context.defaultParallelism
    if options.with_model:
        lines = context.textFile(options.answers).filter(str.strip).map(lambda line: keyed(json.loads(line)))
    else:
        lines = context.wholeTextFiles(options.answers, context.defaultParallelism).flatMap(answers)
    # All answers to a prompt meet in one partition, in the order of prompt, model and sample; by a hash that is the same in every process.
    shards = lines.repartitionAndSortWithinPartitions(partitions, lambda key: zlib.crc32(key[0].encode())).values()
    measured = [shards.mapPartitions(shard(given, options.pause)) for given in runs(options)]
    # All tiles read what was shuffled once.
    parts = measured[0] if len(measured) == 1 else context.union(measured)
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, part in enumerate(parts.toLocalIterator(prefetchPartitions=True) if not options.pause else parts.collect()):
            files.append(os.path.join(folder, f"{number}.part"))
            with open(files[-1], "wb") as file:
                file.write(part)
        context.stop()
        with tempfile.TemporaryDirectory() as program:
            subprocess.run(["tar", "-xzf", options.program, "-C", program], check=True)
            inner = [f for f in [""] + os.listdir(program) if os.path.exists(os.path.join(program, f, "bin", "retort"))]
            retort = os.path.join(program, inner[0], "bin", "retort")
            merged = subprocess.run([retort, "merge", *files, "-o", options.output])
    sys.exit(merged.returncode)


if __name__ == "__main__":
    main()
