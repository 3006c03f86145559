using CmlNet.Containers;
using CmlNet.Workflows.Execution.Forwarding;

namespace CmlNet.Workflows.Execution;

/// <summary>
/// The running <c>cml</c> inside jobs: the binary read-only, and a folder of small scripts, one for each name CML ever had.
/// A script says what an image lacks before the loader could, then becomes the binary.
/// </summary>
internal sealed class CmlMount
{
    private const string JobFolder = "/__cml";
    private const string StartScript = $"{JobFolder}/start";

    private static readonly (string Name, string Command)[] Names =
    [
        ("cml", ""),
        ("cml-publish", "publish"),
        ("cml-send-comment", "send-comment"),
        ("cml-send-github-check", "send-github-check"),
        ("cml-pr", "pr"),
        ("cml-runner", "runner"),
        ("cml-tensorboard-dev", "tensorboard-dev"),
    ];

    private readonly string _binary;
    private readonly string _hostFolder;

    private CmlMount(string binary, string hostFolder, string binFolder)
    {
        (_binary, _hostFolder) = (binary, hostFolder);
        BinFolder = binFolder;
    }

    /// <summary>The folder to put on PATH, as the job sees it.</summary>
    public string BinFolder { get; }

    public IReadOnlyList<Mount> Mounts => MountsOf(_binary, _hostFolder);

    /// <param name="binary">The single file.</param>
    /// <param name="hostFolder">The folder of the scripts.</param>
    public static IReadOnlyList<Mount> MountsOf(string binary, string hostFolder) =>
    [
        new(binary, $"{JobFolder}/cml", ReadOnly: true),
        new(Path.Combine(hostFolder, "bin"), $"{JobFolder}/bin", ReadOnly: true),
        new(Path.Combine(hostFolder, "start"), StartScript, ReadOnly: true),
    ];

    /// <summary>First process of a job's container: starts the supervisor, then becomes the process that keeps the container.</summary>
    public static IReadOnlyList<string> StartCommand(string socketPath) => [StartScript, socketPath];

    /// <summary>Runs a forwarder in a job's container.</summary>
    public static IReadOnlyList<string> ForwardCommand(IReadOnlyList<ForwardRule> rules) => [$"{JobFolder}/bin/cml", Forwarder.CommandName, .. rules.Select(rule => rule.ToString())];

    /// <param name="binary">The single file to mount.</param>
    /// <param name="hostFolder">Empty folder of this run for the scripts.</param>
    /// <param name="onHost">The job runs on this machine: the scripts name the binary where it is.</param>
    public static CmlMount Create(string binary, string hostFolder, bool onHost)
    {
        string bin = Path.Combine(hostFolder, "bin");
        Directory.CreateDirectory(bin);
        foreach ((string name, string command) in Names)
            WriteProgram(Path.Combine(bin, name), Script(onHost ? binary : $"{JobFolder}/cml", command, check: !onHost));
        if (!onHost)
            WriteProgram(Path.Combine(hostFolder, "start"), Start);
        return new CmlMount(binary, hostFolder, onHost ? bin : $"{JobFolder}/bin");
    }

    private static void WriteProgram(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    /// <summary>What the image lacks is the steps' business to say, not the supervisor's.</summary>
    private const string Start =
        $"""
        #!/bin/sh
        (cd / && {JobFolder}/cml {Supervision.Supervisor.CommandName} "$1" || echo failed >"$1.failed") </dev/null >/dev/null 2>&1 &
        command -v tail >/dev/null 2>&1 && exec tail -f /dev/null
        wait

        """;

    private static string Script(string binary, string command, bool check) =>
        $"""
        #!/bin/sh
        cml='{binary.Replace("'", "'\\''", StringComparison.Ordinal)}'
        {(check ? LibraryCheck : "")}
        exec "$cml" {command} "$@"

        """;

    /// <summary>Asks the loader what it would not find; the answer names the library, the text says what to do.</summary>
    private const string LibraryCheck =
        """
        loader=
        for candidate in /lib64/ld-linux-x86-64.so.2 /lib/ld-linux-x86-64.so.2 /lib/ld-linux-aarch64.so.1 /lib64/ld-linux-aarch64.so.1; do
          if [ -e "$candidate" ]; then loader=$candidate; break; fi
        done
        if [ -z "$loader" ]; then
          echo "cml: this image has no glibc, which the mounted cml needs. Use a glibc-based image (Debian, Ubuntu, Fedora and others; not Alpine)." >&2
          exit 127
        fi
        found=$(LD_TRACE_LOADED_OBJECTS=1 "$loader" "$cml" 2>&1)
        case "$found" in
          *libstdc++*'not found'*|*libgcc_s*'not found'*)
            echo "cml: this image has no libstdc++ (or libgcc), which the mounted cml needs. Install it in the image: apt-get install libstdc++6, or dnf install libstdc++." >&2
            exit 127 ;;
          *GLIBC*'not found'*)
            echo "cml: the glibc of this image is too old for the mounted cml, which needs 2.27 or newer. Use a newer image." >&2
            exit 127 ;;
          *'not found'*)
            echo "cml: this image lacks a library that the mounted cml needs:" >&2
            echo "$found" >&2
            exit 127 ;;
        esac
        """;
}
