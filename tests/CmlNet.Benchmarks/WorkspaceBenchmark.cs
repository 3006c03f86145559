using System.Globalization;

namespace CmlNet.Benchmarks;

/// <summary>
/// How long a work tree of 5,000 files and 200 MB takes to become a workspace, against `cp -a --reflink=auto`.
/// The first step writes down when it began; a run on a small work tree is subtracted, so that the container is not counted.
/// </summary>
internal sealed class WorkspaceBenchmark : IBenchmark
{
    private const int Files = 5000;
    private const int FileBytes = 200_000_000 / Files;
    private const string Stamp = "date +%s%N >> \"$GITHUB_STEP_SUMMARY\"";

    public string Name => "workspace";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        string image = await Engine.ImageAsync(setting, cancellationToken);
        string small = await Engine.RepositoryAsync(setting, "small", [Stamp], cancellationToken);
        string large = await Engine.RepositoryAsync(setting, "large", [Stamp], cancellationToken);
        await FillAsync(Path.Combine(large, "data"), cancellationToken);
        string copy = Path.Combine(setting.Work, "copy");

        await TimeToFirstStepAsync(setting, small, image, cancellationToken); // images and files into the caches
        Sample ours = new(), theirs = new();
        for (int round = 0; round < setting.Rounds; round++)
        {
            double without = await TimeToFirstStepAsync(setting, small, image, cancellationToken);
            ours.Add(await TimeToFirstStepAsync(setting, large, image, cancellationToken) - without);
            // Earlier runs lie in .cml, which the workspace leaves out.
            Directory.Delete(Path.Combine(large, ".cml"), recursive: true);
            theirs.Add(await Command.TimeAsync("cp", ["-a", "--reflink=auto", large, copy], setting.Work, cancellationToken));
            Directory.Delete(copy, recursive: true);
        }
        return [new Comparison("a workspace of 5,000 files, 200 MB", "`cp -a --reflink=auto`", 1.2, ours, theirs, "until the first step begins, less the same for an empty repository")];
    }

    private static async Task<double> TimeToFirstStepAsync(BenchmarkSetting setting, string repository, string image, CancellationToken cancellationToken)
    {
        // A clock that the step in the container can read as well.
        DateTimeOffset began = TimeProvider.System.GetUtcNow();
        await Engine.RunAsync(setting, repository, image, cancellationToken);
        string summary = Path.Combine(repository, ".cml", "runs", "latest", "summary.md");
        if (!File.Exists(summary))
            throw new BenchmarkException($"the run left no {summary}");
        string? stamp = (await File.ReadAllLinesAsync(summary, cancellationToken)).LastOrDefault(line => line.Length >= 19 && line.All(char.IsAsciiDigit));
        return stamp is not null
            ? (long.Parse(stamp, CultureInfo.InvariantCulture) / 1e6) - ((began - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerMillisecond)
            : throw new BenchmarkException("the step's time is not in the run's summary");
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
