using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Tools;

/// <summary>A Python that a job has.</summary>
/// <param name="Name">As it was called: <c>python3</c>.</param>
/// <param name="Version"><c>3.11.9</c>.</param>
/// <param name="Path">Of the program.</param>
/// <param name="Prefix">Its installation's folder.</param>
internal sealed record PythonInterpreter(string Name, string Version, string Path, string Prefix)
{
    private const string Question = "import sys; print('.'.join(map(str, sys.version_info[:3]))); print(sys.executable); print(sys.prefix)";

    /// <summary>Every Python on PATH, the one called <c>python</c> first; one that does not answer is none.</summary>
    private const string Search = """
        q=$1
        for name in python python3 python3.8 python3.9 python3.10 python3.11 python3.12 python3.13 python3.14 python3.15; do
          command -v "$name" >/dev/null 2>&1 && answer=$("$name" -I -c "$q" 2>/dev/null) && printf '%s\n%s\n' "$name" "$answer"
        done
        exit 0
        """;

    public static async Task<IReadOnlyList<PythonInterpreter>> FindAllAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        (_, string output, _) = await JobCommand.AskAsync(invocation, ["sh", "-c", Search, "sh", Question], cancellationToken);
        return [.. output.Split('\n').Chunk(4).Where(lines => lines.Length == 4).Select(lines => new PythonInterpreter(lines[0], lines[1], lines[2], lines[3])).Where(python => python.IsMeant)];
    }

    /// <summary>One that <c>uv</c> has or fetches; null without uv or when it cannot.</summary>
    public static async Task<PythonInterpreter?> FromUvAsync(StepInvocation invocation, string wanted, CancellationToken cancellationToken)
    {
        const string Script = "command -v uv >/dev/null 2>&1 || exit 3; p=$(uv python find --no-project \"$1\" 2>/dev/null) || { uv python install \"$1\" >&2 && p=$(uv python find --no-project \"$1\"); } || exit 4; printf '%s\\n' \"$p\"; \"$p\" -I -c \"$2\"";
        (int exitCode, string output, string error) = await JobCommand.AskAsync(invocation, ["sh", "-c", Script, "sh", wanted, Question], cancellationToken);
        foreach (string line in error.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            invocation.Log.Write(line);
        return exitCode == 0 && output.Split('\n') is [var name, var version, var path, var prefix] ? new PythonInterpreter(name, version, path, prefix).OrNone() : null;
    }

    /// <summary>One from the image's own distribution, by <c>apt-get</c>; null without it, for another user than root, and when it has no such version.</summary>
    public static async Task<PythonInterpreter?> FromAptAsync(StepInvocation invocation, string wanted, CancellationToken cancellationToken)
    {
        const string Script = """
            command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] || exit 3
            export DEBIAN_FRONTEND=noninteractive
            apt-cache show "$1" >/dev/null 2>&1 || apt-get update -q >&2
            apt-get install -y -q --no-install-recommends "$1" "$1-venv" >&2 || apt-get install -y -q --no-install-recommends "$1" >&2 || exit 4
            "$1" -I -c "$2"
            """;
        // A package is a minor version; what asks for more than that, apt cannot be asked for.
        bool isMinor = wanted.StartsWith("3.", StringComparison.Ordinal) && wanted.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0;
        if (!isMinor && wanted is not ("3" or "3.x" or "x"))
            return null;
        string package = isMinor ? "python" + wanted : "python3";
        (int exitCode, string output, string error) = await JobCommand.AskAsync(invocation, ["sh", "-c", Script, "sh", package, Question], cancellationToken);
        foreach (string line in error.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            invocation.Log.Write(line);
        return exitCode == 0 && output.Split('\n') is [var version, var path, var prefix] ? new PythonInterpreter(package, version, path, prefix).OrNone() : null;
    }

    /// <summary>The job's own program answered, and may answer anything.</summary>
    private bool IsMeant => System.Version.TryParse(Version, out _) && Path.StartsWith('/') && Prefix.StartsWith('/');

    private PythonInterpreter? OrNone() => IsMeant ? this : null;
}
