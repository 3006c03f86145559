using System.Diagnostics;
using System.Globalization;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Benchmarks;

/// <summary>
/// How long a work tree of 5,000 files and 200 MB takes to be copied, against `cp -a --reflink=auto` (its process included).
/// What was written before is on the disk when each begins, so that neither waits for the other's.
/// </summary>
internal sealed class WorkspaceBenchmark : IBenchmark
{
    private const int Files = 5000;
    private const int FileBytes = 200_000_000 / Files;

    public string Name => "workspace";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        string source = Path.Combine(setting.Work, "large");
        await FillAsync(source, cancellationToken);
        Sample ours = new(), theirs = new();
        await OursAsync(setting, source, cancellationToken); // code compiled, files in the page cache
        for (int round = 0; round < setting.Rounds; round++)
        {
            ours.Add(await OursAsync(setting, source, cancellationToken));
            theirs.Add(await TheirsAsync(setting, source, cancellationToken));
        }
        return [new Comparison("a workspace of 5,000 files, 200 MB", "`cp -a --reflink=auto`", 1.2, ours, theirs, "copied into an empty folder on the same file system")];
    }

    private static async Task<double> OursAsync(BenchmarkSetting setting, string source, CancellationToken cancellationToken)
    {
        string copy = Path.Combine(setting.Work, "ours");
        await Command.TimeAsync("sync", [], setting.Work, cancellationToken);
        long began = Stopwatch.GetTimestamp();
        await WorkspaceCopier.CopyAsync(source, copy, static _ => false, cancellationToken);
        double milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        Directory.Delete(copy, recursive: true);
        return milliseconds;
    }

    private static async Task<double> TheirsAsync(BenchmarkSetting setting, string source, CancellationToken cancellationToken)
    {
        string copy = Path.Combine(setting.Work, "theirs");
        await Command.TimeAsync("sync", [], setting.Work, cancellationToken);
        double milliseconds = await Command.TimeAsync("cp", ["-a", "--reflink=auto", source, copy], setting.Work, cancellationToken);
        Directory.Delete(copy, recursive: true);
        return milliseconds;
    }

    private static async Task FillAsync(string folder, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        byte[] content = new byte[FileBytes];
        for (int i = 0; i < Files; i++)
        {
            string part = Path.Combine(folder, (i / 100).ToString("00", CultureInfo.InvariantCulture));
            Directory.CreateDirectory(part);
            random.NextBytes(content);
            await File.WriteAllBytesAsync(Path.Combine(part, $"{i:0000}.bin"), content, cancellationToken);
        }
    }
}
