"""Find the system libraries fieldkit stands on; install what is missing where that is allowed."""

import ctypes
import os
import platform
import shlex
import shutil
import subprocess
import sys
import sysconfig

# What must be loadable, and the Debian package that brings it.
PROGRAM = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# What the journeys drive a real window with, and what the freezer calls.
JOURNEY_TOOLS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "setxkbmap": "x11-xkb-utils",
    "strace": "strace",
}
FREEZE_TOOLS = {"objdump": "binutils", "strip": "binutils"}
SCREEN = ("DISPLAY", "WAYLAND_DISPLAY")


def main() -> int:
    """Check for one purpose (run, test or freeze); 0 when nothing is missing any more."""
    purpose = sys.argv[1] if len(sys.argv) > 1 else "run"
    if not sys.platform.startswith("linux"):
        return 0
    missing = find_missing(purpose)
    if missing and install(sorted(set(missing.values()))):
        missing = find_missing(purpose)
    if missing:
        tell(missing)
    return 1 if missing else 0


def find_missing(purpose: str) -> dict[str, str]:
    """Return what cannot be loaded or found, with the package that brings it."""
    libraries = dict(PROGRAM)
    tools: dict[str, str] = {}
    if purpose != "run" or any(os.environ.get(name) for name in SCREEN):
        libraries |= WINDOW
    if purpose == "test":
        tools |= JOURNEY_TOOLS
    if purpose == "freeze":
        tools |= FREEZE_TOOLS
        libraries |= python_library()
    missing = {name: package for name, package in libraries.items() if not loads(name)}
    return missing | {name: package for name, package in tools.items() if not shutil.which(name)}


def python_library() -> dict[str, str]:
    """Return the shared library of this Python: the freezer copies it."""
    name = sysconfig.get_config_var("INSTSONAME") or ""
    if not name.startswith("libpython") or ".so" not in name:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        name = f"libpython{version}.so.1.0"
    return {name: name.split(".so", 1)[0]}


def loads(library: str) -> bool:
    """Say whether the loader finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install(packages: list[str]) -> bool:
    """Install packages with apt-get where that needs no question; say whether it went well."""
    apt = shutil.which("apt-get")
    prefix = root_prefix()
    if apt is None or prefix is None:
        return False
    print("Installing system packages:", " ".join(packages), file=sys.stderr)
    env = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    quiet = ["-qq", "-o", "DPkg::Lock::Timeout=120"]
    run([*env, apt, *quiet, "update"])
    names = [current_name(package) for package in packages]
    return run([*env, apt, *quiet, "-y", "install", "--no-install-recommends", *names])


def root_prefix() -> list[str] | None:
    """Return what a command needs in front to run as root, or nothing where it would ask."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    return [sudo, "-n"] if sudo and run([sudo, "-n", "true"]) else None


def current_name(package: str) -> str:
    """Return the name a package has here: Ubuntu 24.04 and Debian 13 renamed some to ...t64."""
    return (
        package if has_candidate(package) or not has_candidate(package + "t64") else package + "t64"
    )


def has_candidate(package: str) -> bool:
    """Say whether apt could install a package of exactly this name."""
    command = ["apt-cache", "--quiet", "show", "--no-all-versions", package]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    return done.returncode == 0 and f"Package: {package}\n" in done.stdout


def run(command: list[str]) -> bool:
    """Run a command that may not ask anything; say whether it went well."""
    done = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode and "-n" not in command:
        print(done.stderr.strip(), file=sys.stderr)
    return done.returncode == 0


def tell(missing: dict[str, str]) -> None:
    """Print one message that names what is missing and the command that brings it."""
    packages = sorted(
        {current_name(p) if shutil.which("apt-cache") else p for p in missing.values()}
    )
    print(
        "fieldkit needs parts of the system that are not here:",
        ", ".join(sorted(missing)),
        file=sys.stderr,
    )
    if shutil.which("apt-get"):
        command = ["apt-get", "install", "--no-install-recommends", *packages]
        print("Please run:  sudo", shlex.join(command), file=sys.stderr)
    else:
        print(
            f"There is no apt-get on this {platform.system()}. Install them with your own package manager; "
            f"Debian calls the packages {' '.join(packages)}.",
            file=sys.stderr,
        )


if __name__ == "__main__":
    sys.exit(main())
