"""Where a bootstrap's time goes: samples of `perf` with replicates, less those without them."""
import collections, os, shutil, subprocess

# Samples a second; a command of seconds then has thousands.
FREQUENCY = 499


def read(report):
    """Samples by library and symbol, of what `perf report -F sample,dso,sym -t '|'` prints."""
    samples = collections.Counter()
    for line in report.splitlines():
        cells = [cell.strip() for cell in line.split("|", 2)]
        if len(cells) == 3 and cells[0].isdigit():
            samples[cells[1], cells[2].removeprefix("[.] ").removeprefix("[k] ")] += int(cells[0])
    return samples


def place(library, symbol):
    """What a row is called: OpenBLAS's kernels have no names in a stripped library, and are all one thing."""
    if "openblas" in library:
        return "OpenBLAS: the products (dgemm)"
    if library.startswith("[kernel"):
        return "the kernel of the system"
    return f"{symbol} ({library})"


def shares(longer, shorter):
    """-> by place, its share of what one set of samples has more than another; largest first"""
    more = collections.Counter()
    for samples, sign in ((longer, 1), (shorter, -1)):
        for (library, symbol), count in samples.items():
            more[place(library, symbol)] += sign * count
    total = sum(more.values())
    return [(name, count / total) for name, count in more.most_common()] if total > 0 else []


def sampled(command, file):
    subprocess.run(["perf", "record", "-q", "-o", file, "-e", "cpu-clock", "-F", str(FREQUENCY), "--", *command],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    report = subprocess.run(["perf", "report", "-i", file, "--stdio", "--no-children", "--percent-limit", "0", "-F", "sample,dso,sym",
                             "-t", "|"], capture_output=True, text=True, errors="replace", check=True)
    os.remove(file)
    return read(report.stdout)


def readable(name):
    if shutil.which("swift-demangle"):
        name = subprocess.run(["swift-demangle", "--simplified", "--compact"], input=name, capture_output=True,
                              text=True).stdout.strip() or name
    name = name.replace("|", "/").replace("`", "'")
    return f"`{name}`" if len(name) <= 120 else f"`{name[:117]}…`"


def bootstrap(page, command, more, folder, shown=8):
    """Rows of the largest shares of what a command takes longer with more options."""
    if not shutil.which("perf"):
        page.row("not known: `perf` is not here |")
        return
    try:
        longer, shorter = (sampled(c, f"{folder}/perf.data") for c in (command + more, command))
    except subprocess.CalledProcessError as error:
        page.row(f"not known: `{error.cmd[0]} {error.cmd[1]}` is not allowed here, or fails |")
        return
    found = shares(longer, shorter)
    for name, share in found[:shown]:
        page.row(f"{name if name.startswith(('OpenBLAS', 'the kernel')) else readable(name)} | {100 * share:.1f} %")
    page.row(f"all others | {100 * (1 - sum(share for _, share in found[:shown])):.1f} %")
    page.row(f"samples, with replicates and without | {sum(longer.values()):,}, {sum(shorter.values()):,}")
