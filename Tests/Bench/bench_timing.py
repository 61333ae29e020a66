"""Costs of whole commands, files read included, of one program or of two in turn."""
import ctypes, multiprocessing, os, platform, subprocess, sys, tempfile, time
from dataclasses import dataclass

# Commands of less than so many seconds are compared with an earlier program's by so many runs.
SHORT, MANY = 1, 15


@dataclass(frozen=True)
class Cost:
    """Wall time and time of processors in seconds; peak memory in MiB."""
    wall: float
    work: float
    peak: float

    @staticmethod
    def of(runs):
        """the least times and the highest peak of some runs"""
        return Cost(min(r.wall for r in runs), min(r.work for r in runs), max(r.peak for r in runs))


class Failed(Exception):
    """a command that did not end with 0"""


def once(command):
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_DUP2, errors.fileno(), 2)])
        _, status, usage = os.wait4(pid, 0)
        wall = time.perf_counter() - start
        if status:
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip().splitlines()
            # It may stand in a cell of a table.
            last = said[-1].replace("|", "/") if said else "nothing said"
            raise Failed(f"{os.path.basename(command[0])} {command[1]}: status {os.waitstatus_to_exitcode(status)}; {last}")
        return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def timed(command, runs=1):
    return Cost.of([once(command) for _ in range(runs)])


def in_turn(now, before, runs):
    """-> costs of two commands that are run by turns, so that a machine that slows down does it to both; of the second, what it said
    where it failed: an earlier program may not know all that this one does"""
    ours, theirs = [], []
    failure = None
    for _ in range(runs):
        if failure is None:
            try:
                theirs.append(once(before))
            except Failed as error:
                failure = str(error)
        ours.append(once(now))
    return Cost.of(ours), failure or Cost.of(theirs)


def apart(function, *arguments):
    """What a function returns in a process of its own. The peak memory of a child counts what its parent had when it was started:
    a bench that reads answers itself would measure itself (the 20 MiB that are left are less than any command here takes)."""
    pool = multiprocessing.get_context("fork").Pool(1)
    try:
        return pool.apply(function, arguments)
    finally:
        # It ends by itself: a signal to end, which the pool would send it else, may be blocked for whoever started this.
        pool.close()
        pool.join()


class Programs:
    """The program, and the earlier one that it is set beside, if there is one."""

    def __init__(self, now, before=None):
        self.now, self.before = now, before

    def row(self, page, what, arguments, runs=3, before=None):
        """Both programs' cost of a command: ours on the page, both among the comparisons.

        before: other arguments for the earlier program, where it writes elsewhere."""
        print(f"bench: {what}", file=sys.stderr, flush=True)
        if self.before is None:
            ours = timed([self.now] + arguments, runs)
        else:
            commands = [self.now] + arguments, [self.before] + (before or arguments)
            ours, theirs = in_turn(*commands, runs)
            # A few per cent of a short run are noise; the figures beside peers stay the least of as few runs as without BEFORE.
            page.beside(what, *(in_turn(*commands, MANY)[::-1] if ours.wall < SHORT else (theirs, ours)))
        page.cost(what, ours)
        return ours


def program_name(program):
    """version, and the commit of the working tree that the program lies in, where it lies in one"""
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    folder = os.path.dirname(os.path.realpath(program))
    try:
        tree = subprocess.run(["git", "-C", folder, "rev-parse", "--short=7", "HEAD"], capture_output=True, text=True)
    except FileNotFoundError:
        return version
    return version if tree.returncode else f"{version} (built in a tree at {tree.stdout.strip()})"


def processor():
    with open("/proc/cpuinfo") as info:
        return next((l.split(":")[1].strip() for l in info if l.startswith("model name")), platform.processor())


def machine():
    """what figures depend on beside the program"""
    openblas = ctypes.CDLL("libopenblas.so.0")
    openblas.openblas_get_corename.restype = openblas.openblas_get_config.restype = ctypes.c_char_p
    name = " ".join(openblas.openblas_get_config().decode().split()[:2])
    chosen = f" (OPENBLAS_CORETYPE={os.environ['OPENBLAS_CORETYPE']})" if os.environ.get("OPENBLAS_CORETYPE") else ""
    return (f"{processor()}, {len(os.sched_getaffinity(0))} cores, {platform.system()} {platform.release()}. {name} takes its kernel "
            f"{openblas.openblas_get_corename().decode()}{chosen}, on one thread in each of the program's tasks, which share all cores.")


def peers_library():
    """the OpenBLAS that NumPy brings along, which is another"""
    script = ("import numpy, threadpoolctl\n"
              "for l in threadpoolctl.threadpool_info():\n"
              "    if l['internal_api'] == 'openblas':\n"
              "        print(f\"OpenBLAS {l['version']}, kernel {l['architecture']}, {l['num_threads']} threads\"); break")
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    return found.stdout.strip() or "a library that it does not name"
