#!/usr/bin/env bash
# Builds, tests and tries CmlNet; `./build.sh` lists the verbs. Long because a fresh machine has to be
# made ready before there is anything else that could do it.
# Verbs take the command line's arguments, and call each other without any.
# shellcheck disable=SC2119,SC2120
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"
root=$PWD
artifacts=$root/artifacts
demo_image=cmlnet-demo/python3:1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DEBIAN_FRONTEND=noninteractive

usage() {
    cat <<'EOF'
usage: ./build.sh VERB

  build            compile everything
  test [PROJECT]   build and run every test (or one project's: Reports, Cli, ...)
  demo             train the model of deploy/demo/ in a container and show its report
  publish [RID]    write the single file dist/cml (linux-x64), or dist/RID/cml
  bench            measure the ratios of tests/CmlNet.Benchmarks/README.md
  format           apply the code style
  golden           rewrite the tests' expected outputs from what they get now

On Debian and Ubuntu, as root, it installs what a verb needs. Elsewhere it names what is missing.
EOF
}

say() { printf '%s\n' "build.sh: $*" >&2; }
fail() {
    say "$*"
    exit 1
}

# ---- what the machine has -------------------------------------------------------------------------

has() { command -v "$1" >/dev/null 2>&1; }
has_library() { { ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | grep -qF "$1"; }
has_fonts() { compgen -G '/usr/share/fonts/*/dejavu*/DejaVuSans.ttf' >/dev/null || compgen -G '/usr/share/fonts/dejavu*/DejaVuSans.ttf' >/dev/null; }
has_chromium() { has chromium || has chromium-browser || has google-chrome || [[ -n ${CHROME_PATH:-} ]]; }
# A docker client says nothing about an engine; only an answer does.
engine_answers() { has docker && timeout 20 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }
# shellcheck source=/dev/null
is_debian() { [[ -r /etc/os-release ]] && (. /etc/os-release && [[ " ${ID:-} ${ID_LIKE:-} " =~ \ (debian|ubuntu)\  ]]); }

# Installs the packages, or says how to; fails only when they could have been installed and were not.
provide() {
    [[ $# -gt 0 ]] || return 0
    if is_debian && [[ $EUID -eq 0 ]]; then
        say "installing $*"
        mkdir -p "$artifacts"
        if [[ -z ${apt_updated:-} ]]; then
            apt-get update -q >"$artifacts/apt.log" 2>&1 || say "apt-get update failed; going on with the lists there are (see $artifacts/apt.log)"
            apt_updated=yes
        fi
        apt-get install -y -q --no-install-recommends "$@" >>"$artifacts/apt.log" 2>&1 </dev/null && return 0
        tail -n 5 "$artifacts/apt.log" >&2
        say "apt-get could not install: $*"
    elif is_debian; then
        say "missing: $*. Install with: sudo apt-get install $*"
    else
        say "missing: $* (Debian's names). Install them with this system's package manager."
    fi
    return 1
}

# ---- what a verb needs ----------------------------------------------------------------------------

need_dotnet() {
    local missing=() home=$HOME/.dotnet channel
    # The SDK wants ICU, or to be told that it may do without.
    has_library libicuuc.so || export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
    if [[ -x $home/dotnet ]] && ! dotnet --version >/dev/null 2>&1; then
        export DOTNET_ROOT=$home PATH=$home:$PATH
    fi
    # In this folder `dotnet --version` fails when no installed SDK satisfies global.json.
    dotnet --version >/dev/null 2>&1 && return 0
    channel=$(sed -nE 's/.*"version"[^"]*"([0-9]+\.[0-9]+)\..*/\1/p' global.json)
    has curl || missing+=(curl)
    [[ -e /etc/ssl/certs/ca-certificates.crt || -e /etc/pki/tls/certs/ca-bundle.crt ]] || missing+=(ca-certificates)
    has_library libstdc++.so.6 || missing+=(libstdc++6)
    has_library libssl.so || missing+=(openssl)
    provide ${missing[@]+"${missing[@]}"} || fail "the .NET SDK cannot be fetched without: ${missing[*]}"
    say "fetching the .NET $channel SDK into $home"
    mkdir -p "$artifacts"
    curl -fsSL --retry 3 https://dot.net/v1/dotnet-install.sh -o "$artifacts/dotnet-install.sh" ||
        fail "https://dot.net/v1/dotnet-install.sh cannot be fetched; install the .NET $channel SDK from https://dotnet.microsoft.com/download"
    bash "$artifacts/dotnet-install.sh" --channel "$channel" --install-dir "$home" >"$artifacts/dotnet-install.log" 2>&1 || {
        tail -n 5 "$artifacts/dotnet-install.log" >&2
        fail "the .NET $channel SDK could not be installed (see $artifacts/dotnet-install.log)"
    }
    export DOTNET_ROOT=$home PATH=$home:$PATH
    dotnet --version >/dev/null || fail "the SDK in $home does not start; the message above says why"
}

# Returns 1, having said why, when there is no container engine and none can be started.
need_engine() {
    local missing=()
    engine_answers && return 0
    if [[ -n ${DOCKER_HOST:-} && $DOCKER_HOST != unix:///var/run/docker.sock ]]; then
        say "no container engine answers at DOCKER_HOST=$DOCKER_HOST"
        return 1
    fi
    if [[ -S /var/run/docker.sock && ! -w /var/run/docker.sock ]]; then
        say "/var/run/docker.sock is not yours to use: join the docker group (sudo usermod -aG docker $(id -un)) and log in again"
        return 1
    fi
    has dockerd && has docker || missing+=(docker.io)
    has iptables || missing+=(iptables)
    provide ${missing[@]+"${missing[@]}"} || return 1
    [[ $EUID -eq 0 ]] || {
        say "no container engine answers. Start it with: sudo systemctl start docker"
        return 1
    }
    # The package may have started it by now, as a system service.
    engine_answers || start_dockerd
}

start_dockerd() {
    local log=${XDG_RUNTIME_DIR:-/tmp}/cmlnet-dockerd.log path=$PATH shim attempt pid deadline
    for attempt in 1 2; do
        say "starting dockerd (log: $log)"
        PATH=$path setsid dockerd >"$log" 2>&1 </dev/null &
        pid=$!
        disown "$pid" # it outlives this script, and `wait` must not wait for it
        deadline=$((SECONDS + 45))
        while kill -0 "$pid" 2>/dev/null && ((SECONDS < deadline)); do
            engine_answers && return 0
            sleep 0.3
        done
        kill "$pid" 2>/dev/null || true
        # Kernels without nf_tables: the same program in its older form.
        if [[ $attempt -gt 1 ]] || ! has iptables-legacy || ! grep -qi iptables "$log"; then break; fi
        shim=$(mktemp -d)
        ln -s "$(command -v iptables-legacy)" "$shim/iptables"
        ln -s "$(command -v ip6tables-legacy || command -v iptables-legacy)" "$shim/ip6tables"
        path=$shim:$PATH
    done
    say "dockerd does not start here; its last lines:"
    tail -n 3 "$log" | cut -c1-300 >&2
    say "a container without privileges cannot run an engine; going on without one"
    return 1
}

need_charts() {
    local missing=()
    has_library librsvg-2.so.2 || missing+=(librsvg2-2)
    has_fonts || missing+=(fonts-dejavu-core)
    provide ${missing[@]+"${missing[@]}"} || say "going on: charts are SVG only without librsvg and a font"
}

need_test_tools() {
    local missing=()
    has git || missing+=(git)
    has debootstrap || missing+=(debootstrap)
    # Servers that data is sent to and got from.
    [[ -x /usr/sbin/sshd ]] && has ssh || missing+=(openssh-server openssh-client)
    [[ -e /usr/lib/nginx/modules/ngx_http_dav_ext_module.so ]] || missing+=(nginx libnginx-mod-http-dav-ext)
    # GitHub's own parser and API description, which ours are compared with, come from npm.
    has npm || missing+=(nodejs npm)
    provide ${missing[@]+"${missing[@]}"} || say "going on: tests that need them are reported as skipped"
    # On its own: Ubuntu has it as a snap only, which must not keep the others from being installed.
    has_chromium || provide chromium || say "going on: tests of pages are reported as skipped; CHROME_PATH names a browser that is elsewhere"
    need_charts
    need_engine || say "going on: tests that need a container engine are reported as skipped"
}

# ---- verbs ----------------------------------------------------------------------------------------

build() {
    need_dotnet
    dotnet build CmlNet.sln -v q "$@"
}

# The digest of everything that goes into the binary, so that an unchanged one is not built twice.
publish_inputs() {
    {
        printf '%s\n' "$1" "$(dotnet --version)"
        find src Directory.*.props global.json build.sh \( -name bin -o -name obj \) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum
    } | sha256sum | cut -d' ' -f1
}

publish() {
    local rid=${1:-linux-x64} target work stamp inputs exe=cml
    need_dotnet
    [[ $rid == linux-x64 ]] && target=dist || target=dist/$rid
    [[ $rid == win-* ]] && exe=cml.exe
    work=$artifacts/publish/$rid stamp=$artifacts/publish/$rid.stamp
    inputs=$(publish_inputs "$rid")
    if [[ -x $target/$exe && -f $stamp && $(<"$stamp") == "$inputs" ]]; then
        say "$target/$exe is up to date"
        return 0
    fi
    rm -rf "$work" "$stamp"
    # Its own intermediate folder: a build for one RID and the tests' build do not undo each other.
    # Analyzers have their say in `build`.
    dotnet publish src/CmlNet.Cli/CmlNet.Cli.csproj -c Release -r "$rid" --self-contained -v q \
        --artifacts-path "$artifacts/publish/obj" -o "$work" \
        -p:RunAnalyzers=false -p:PublishDocumentationFiles=false || return 1
    find "$work" -type f \( -name '*.pdb' -o -name '*.dbg' -o -name '*.xml' \) -delete
    # What is bundled must run from memory: a native library beside it, or unpacked at the start, would not reach a job.
    [[ $(find "$work" -type f | wc -l) == 1 ]] || {
        say "more than one file was published:"
        find "$work" -type f >&2
        return 1
    }
    mkdir -p "$target"
    # Renamed into place: a running cml keeps the file it was started from.
    (cd "$work" && find . -type f -print0) | while IFS= read -r -d '' file; do
        mkdir -p "$target/$(dirname "$file")"
        cp "$work/$file" "$target/$file.new" && mv -f "$target/$file.new" "$target/$file"
    done
    printf '%s\n' "$inputs" >"$stamp"
    say "wrote $target/$exe ($(($(stat -c %s "$target/$exe" 2>/dev/null || stat -f %z "$target/$exe") / 1048576)) MB)"
}

# Runs one test project; leaves its log, its results and its exit status under $results.
run_tests() {
    local project=$1 results=$2 name
    name=$(basename "$project" .csproj)
    dotnet test "$project" --no-build --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" \
        --results-directory "$results" --blame-hang-timeout 10min --blame-hang-dump-type none \
        >"$results/$name.log" 2>&1 </dev/null && printf '0\n' >"$results/$name.status" || printf '%s\n' "$?" >"$results/$name.status"
}

# Adds one project's results to the sums passed, failed and skipped; prints what did not pass.
count_tests() {
    local name=$1 results=$2 counters status total executed ok
    status=$(<"$results/$name.status")
    counters=$(grep -ho '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null | tail -n 1 || true)
    counter() { sed -nE "s/.* $1=\"([0-9]+)\".*/\1/p" <<<"$counters"; }
    total=$(counter total) executed=$(counter executed) ok=$(counter passed)
    total=${total:-0} executed=${executed:-0} ok=${ok:-0}
    passed=$((passed + ok)) skipped=$((skipped + total - executed)) failed=$((failed + executed - ok))
    if ((status != 0)); then
        printf '\n==== %s\n' "$name"
        cat "$results/$name.log"
        # A project that died, or could not start, is a failure even when no test of its says so.
        ((executed > ok)) || {
            failed=$((failed + 1))
            printf '%s ended with exit status %s\n' "$name" "$status"
        }
    else
        grep -A1 -F '[SKIP]' "$results/$name.log" | grep -v '^--$' || true
        printf '%s: %d passed, %d skipped\n' "$name" "$ok" "$((total - executed))"
    fi
}

test_all() {
    local only=${1:-} results=$artifacts/test-results project jobs passed=0 failed=0 skipped=0
    need_dotnet
    need_test_tools
    rm -rf "$results" && mkdir -p "$results"
    if ! build || ! publish; then
        say "the build failed, so no test ran"
        printf '0 passed, 1 failed, 0 skipped\n'
        return 1
    fi
    export CML_BINARY=$root/dist/cml
    jobs=${CML_TEST_JOBS:-2}
    for project in tests/*"$only".Tests/*.csproj; do
        [[ -f $project ]] || fail "no test project matches '$only'"
        while (($(jobs -rp | wc -l) >= jobs)); do wait -n || true; done
        run_tests "$project" "$results" &
    done
    wait
    for project in tests/*"$only".Tests/*.csproj; do count_tests "$(basename "$project" .csproj)" "$results"; done
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    ((failed == 0))
}

# Prints the image for the demo's ubuntu-latest: a local one, a pulled one, or one made here.
provide_demo_image() {
    local image
    for image in python:3-slim "$demo_image"; do
        docker image inspect "$image" >/dev/null 2>&1 && printf '%s\n' "$image" && return 0
    done
    say "pulling python:3-slim"
    timeout 180 docker pull -q python:3-slim >/dev/null 2>&1 && printf 'python:3-slim\n' && return 0
    say "no registry can be reached; making $demo_image from this system's packages (about a minute)"
    has debootstrap || provide debootstrap || return 1
    deploy/images/debian-image.sh "$demo_image" python3,librsvg2-2,fonts-dejavu-core,ca-certificates || return 1
    printf '%s\n' "$demo_image"
}

demo() {
    local run=$artifacts/demo engine=() image status=0
    need_charts
    publish
    has git || provide git || say "going on without git: the report will name no commit"
    if need_engine && image=$(provide_demo_image); then
        engine=(--engine docker --image "ubuntu-latest=$image")
        say "running the job in a container of $image"
    else
        has python3 || provide python3 || fail "the demo needs a container engine, or python3 on this machine"
        engine=(--engine process)
        say "no container engine: running the job as a process of this machine"
    fi
    # A repository of its own; inside this one, the root would be ours.
    rm -rf "$run" && mkdir -p "$run"
    cp -R deploy/demo/. "$run"
    if has git; then
        git -C "$run" init -q -b main
        git -C "$run" add -A
        git -C "$run" -c user.name=demo -c user.email=demo@localhost -c commit.gpgsign=false commit -q -m "Train on the iris data"
    fi
    (cd "$run" && "$root/dist/cml" run "${engine[@]}" "$@") || status=$?
    if [[ -f $run/.cml/runs/latest/report.html ]]; then
        printf '\nReport: %s\n' "$(cd "$run/.cml/runs/latest" && pwd -P)/report.html"
    else
        ((status != 0)) || status=1
        say "the run wrote no report"
    fi
    return "$status"
}

bench() {
    need_dotnet
    need_engine || say "going on: what needs a container engine is not measured"
    publish
    dotnet run -c Release --project tests/CmlNet.Benchmarks -- "$@"
}

golden() {
    export CML_UPDATE_GOLDENS=1
    test_all "$@"
}

format() {
    need_dotnet
    dotnet format CmlNet.sln "$@"
}

verb=${1:-}
[[ $# -eq 0 ]] || shift
case $verb in
    build | publish | demo | bench | golden | format) "$verb" "$@" ;;
    test) test_all "$@" ;;
    -h | --help | help) usage ;;
    '')
        usage
        exit 2
        ;;
    *)
        usage >&2
        fail "'$verb' is not a verb"
        ;;
esac
