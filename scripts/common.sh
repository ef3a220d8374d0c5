# Shared by ./run and ./test: tools that must be there, and the build.

readonly ROOT=$PWD
readonly BUILD_LOG=$ROOT/artifacts/build.log

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# The .NET SDK that global.json asks for.
need_sdk() {
    command -v dotnet >/dev/null || fail "The .NET 10 SDK is missing: see https://dotnet.microsoft.com/download/dotnet/10.0 (Debian, Ubuntu: package dotnet-sdk-10.0)."
    dotnet --version >/dev/null 2>&1 || fail "The .NET SDK is older than global.json asks for: $(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' global.json | head -1) or a later 10.0 is needed."
}

# Scripts of the pages come from npm by lock file.
need_npm() {
    [[ -z $(git ls-files '*package-lock.json' 2>/dev/null; ls package-lock.json src/*/package-lock.json 2>/dev/null) ]] && return
    command -v npm >/dev/null && return
    ((EUID == 0)) && install_packages npm && return
    fail "npm is missing: apt-get install npm"
}

install_packages() {
    mkdir -p artifacts; say "Installing $* …"
    if [[ -z ${APT_UPDATED-} ]]; then apt-get update -qq </dev/null >/dev/null; APT_UPDATED=1; fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >"$ROOT/artifacts/apt.log" 2>&1 || { cat "$ROOT/artifacts/apt.log"; return 1; }
}

# Runs a step with its output in the build log; shows the log when the step fails.
step() {
    local name=$1 began=$SECONDS; shift
    printf '%-10s ' "$name"
    if "$@" >>"$BUILD_LOG" 2>&1 </dev/null; then printf '%s s\n' $((SECONDS - began)); return; fi
    printf 'failed\n\n'
    grep -E '(error|warning) ' "$BUILD_LOG" | sort -u | head -60 || true
    say "Whole log: $BUILD_LOG"
    return 1
}

# Names, sizes and times of everything the build reads: a build of the same is not done again.
sources() {
    find . \( -name bin -o -name obj -o -name node_modules -o -path ./artifacts -o -path ./data -o -path ./.git \) -prune -o -type f -printf '%P %s %T@\n' | sort | sha256sum
}

build_unless_built() {
    local mark=artifacts/built
    if [[ -f $mark && -f src/Host/bin/Release/net10.0/openhall.dll && $(<"$mark") == "$(sources)" ]]; then return; fi
    rm -f "$mark"
    build_release && sources >"$mark"
}

build_release() {
    mkdir -p artifacts
    : >"$BUILD_LOG"
    step Restore dotnet restore OpenHall.slnx --locked-mode -v q &&
    step Build dotnet build OpenHall.slnx -c Release --no-restore -v q -nodeReuse:false
}
