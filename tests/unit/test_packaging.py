"""What is handed over: nothing of this machine, everything pinned, everything inside."""

import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "adapters/web/static/vendor"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT = PYPROJECT["project"]
EXTRAS = PROJECT["optional-dependencies"]
WANTED = {
    "requirements.lock": PROJECT["dependencies"] + EXTRAS["build"],
    "requirements-dev.lock": PROJECT["dependencies"] + EXTRAS["build"] + EXTRAS["dev"],
}
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; [^\\]+)? \\(?P<hashes>.*)", re.DOTALL)
HASHES = re.compile(r"(\s+--hash=sha256:[0-9a-f]{64}( \\)?)+\s*")

# In parts, or this file would be the first to offend.
HOSTS = ["pypi" + ".org", "python" + "hosted", "deb." + "debian", "registry." + "npmjs"]
FOLDERS = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/"]


def kept_files() -> list[Path]:
    """Return what git keeps, and what it would keep at the next commit."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def pins(lock: str) -> dict[str, str]:
    """Return the version pinned for each library; every entry must carry its hashes."""
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    matches = [PIN.fullmatch(entry) for entry in entries]
    assert all(match and HASHES.fullmatch(match["hashes"]) for match in matches)
    return {match["name"]: match["version"] for match in matches if match}


def compose() -> dict:
    return YAML(typ="safe").load(ROOT / "compose.yaml")["services"]


def docker_lines(instruction: str) -> list[str]:
    joined = (ROOT / "Dockerfile").read_text().replace("\\\n", "")
    return [
        line.removeprefix(instruction).strip() for line in joined.splitlines() if line.startswith(instruction)
    ]


@pytest.mark.parametrize("needle", HOSTS + FOLDERS)
def test_it_names_no_registry_and_no_folder_of_a_machine(needle):
    guilty = [path for path in kept_files() if needle.encode() in path.read_bytes()]
    assert guilty == []


@pytest.mark.parametrize("lock", WANTED)
def test_it_pins_every_library_it_asks_for(lock):
    pinned = pins(lock)
    for wanted in map(Requirement, WANTED[lock]):
        assert pinned[canonicalize_name(wanted.name)] in wanted.specifier


def test_it_tests_the_versions_that_it_runs():
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_it_packs_every_file_of_its_packages(tmp_path):
    source = tmp_path / "source"
    for path in kept_files():
        copy = source / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    build = "from setuptools.build_meta import build_wheel; build_wheel('..')"
    subprocess.run([sys.executable, "-W", "ignore", "-c", build], cwd=source, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    ours = {str(path.relative_to(ROOT)) for path in kept_files()}
    assert {name for name in ours if name.startswith(("bot/", "adapters/"))} <= packed


def test_it_knows_the_layer_of_each_module():
    contract = PYPROJECT["tool"]["importlinter"]["contracts"][0]
    layers = {name for layer in contract["layers"] for name in layer.split(" | ")}
    modules = {f"bot.{path.stem}" for path in (ROOT / "bot").iterdir() if holds_code(path)}
    assert layers == {*modules, "adapters"}


def holds_code(path: Path) -> bool:
    """Whether this is a module or a package, rather than a folder of data."""
    if path.is_dir():
        return (path / "__init__.py").exists()
    return path.suffix == ".py" and path.stem != "__init__"


def test_it_serves_the_vendored_files_unchanged():
    sums = dict(
        re.findall(r"^\| `([^`]+)` .* `([0-9a-f]{64})` \|$", (VENDOR / "README.md").read_text(), re.MULTILINE)
    )
    files = [path for path in VENDOR.iterdir() if path.suffix in {".js", ".css"}]
    assert sums == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_it_runs_in_its_container_without_rights():
    last_stage = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    users = re.findall(r"^USER (\S+)$", last_stage, re.MULTILINE)
    assert users
    assert all(user not in {"root", "0"} for user in users)


def test_it_builds_its_container_from_plain_commands():
    commands = {line.split()[0] for line in docker_lines("RUN ")}
    assert commands == {"python", "pip", "useradd", "mkdir"}


def test_it_takes_into_its_container_only_what_is_named():
    everything, *named = [
        line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")
    ]
    assert everything == "*"
    assert all((ROOT / name.removeprefix("!")).exists() for name in named if name.startswith("!"))


def test_it_starts_only_on_a_database_brought_up_to_date():
    services = compose()
    assert services["cellule"]["depends_on"] == {"upgrade": {"condition": "service_completed_successfully"}}
    assert services["upgrade"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "pg_isready" in services["database"]["healthcheck"]["test"]


@pytest.mark.parametrize("service", ["cellule", "upgrade", "database"])
def test_it_writes_no_secret_in_the_compose_file(service):
    secrets = {
        name: value
        for name, value in compose()[service]["environment"].items()
        if any(word in name for word in ("PASSWORD", "SECRET", "TOKEN"))
    }
    assert secrets
    assert all(value is None or value.startswith("${") for value in secrets.values())
