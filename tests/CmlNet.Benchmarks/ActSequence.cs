using System.Diagnostics;
using System.Formats.Tar;
using System.Text;

namespace CmlNet.Benchmarks;

/// <summary>
/// The engine calls that nektos/act 0.2.87 makes for one <c>run</c> step, replayed without act: six times a new client that pings and asks for
/// the engine's description, two archives in, one exec, five archives out. What act itself computes is not in it.
/// </summary>
internal static class ActSequence
{
    private const string Folder = "/act";
    private static readonly string[] Files = ["env", "state", "output", "summary", "path"];

    /// <summary>Milliseconds of one sequence in a running container.</summary>
    public static async Task<double> TimeAsync(EngineSocket engine, string container, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        byte[] empty = await PackAsync(Files.Select(name => ($"{Folder[1..]}/{name}", "")), cancellationToken);
        byte[] script = await PackAsync([($"{Folder[1..]}/step.sh", "true\n")], cancellationToken);
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < 6; i++)
        {
            using EngineSocket client = Engine.Connect();
            await client.PingAsync(cancellationToken);
            await client.DescribeAsync(cancellationToken);
        }

        await engine.PutArchiveAsync(container, "/", empty, cancellationToken);
        await engine.PutArchiveAsync(container, "/", script, cancellationToken);
        await engine.ExecAsync(container, command, cancellationToken);
        foreach (string name in Files)
            await engine.GetArchiveAsync(container, $"{Folder}/{name}", cancellationToken);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task<byte[]> PackAsync(IEnumerable<(string Path, string Text)> files, CancellationToken cancellationToken)
    {
        using var archive = new MemoryStream();
        await using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach ((string path, string text) in files)
            {
                using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
                await writer.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = content }, cancellationToken);
            }
        }

        return archive.ToArray();
    }
}
