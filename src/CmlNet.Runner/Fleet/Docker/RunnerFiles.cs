using System.Formats.Tar;
using System.Globalization;
using System.Text;

namespace CmlNet.Runner.Fleet.Docker;

/// <summary>The few files that a runner's container gets before it starts, as one archive.</summary>
internal static class RunnerFiles
{
    // The JIT configuration is read from a file and the file removed, so that it stands neither in the container's
    // configuration, which anyone with the engine's socket can read, nor in its layer.
    private const string Start = """
        #!/bin/sh
        jit=/cml/once/jit
        # Started a second time: a daemon that was killed had told the engine to start it, and the next one could not know.
        if [ ! -r "$jit" ]; then
            echo "cml: this runner has had its turn"
            exit 0
        fi
        ACTIONS_RUNNER_INPUT_JITCONFIG=$(cat "$jit")
        export ACTIONS_RUNNER_INPUT_JITCONFIG
        rm -f "$jit"
        # A runner whose jobs use the engine works where the engine's machine has the same path: it and all that it brings.
        if [ -n "$CML_RUNNER_FOLDER" ]; then
            cp -a "${1%/*}/." "$CML_RUNNER_FOLDER/" || exit 1
            start="$CML_RUNNER_FOLDER/${1##*/}"
            shift
            set -- "$start" "$@"
            cd "$CML_RUNNER_FOLDER" || exit 1
        fi
        exec "$@"

        """;

    // Whatever goes wrong with the report, the job is what it is.
    private const string Completed = """
        #!/bin/sh
        /cml/bin/cml runner collect --workspace "$GITHUB_WORKSPACE" --outbox /cml/outbox --limit LIMIT || echo "cml: nothing was collected for the report"
        exit 0

        """;

    private const UnixFileMode Everyone = (UnixFileMode)0b111_111_111;
    private const UnixFileMode Readable = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Plain = (UnixFileMode)0b110_100_100;

    /// <param name="jitConfiguration">What the runner starts with.</param>
    /// <param name="limitBytes">Most that the hook collects.</param>
    public static byte[] Build(string jitConfiguration, long limitBytes)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            AddFolder(writer, "cml", Readable);
            AddFolder(writer, "cml/bin", Readable);
            AddFile(writer, "cml/start.sh", Start, Readable);
            AddFile(writer, "cml/job-completed.sh", Completed.Replace("LIMIT", limitBytes.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), Readable);
            // The runner's user is the image's own: whoever it is may remove the configuration and fill the outbox.
            AddFolder(writer, "cml/once", Everyone);
            AddFolder(writer, "cml/outbox", Everyone);
            AddFile(writer, "cml/once/jit", jitConfiguration, Plain);
        }

        return archive.ToArray();
    }

    private static void AddFolder(TarWriter writer, string path, UnixFileMode mode) => writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, path) { Mode = mode });

    private static void AddFile(TarWriter writer, string path, string text, UnixFileMode mode)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));
        writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { Mode = mode, DataStream = content });
    }
}
