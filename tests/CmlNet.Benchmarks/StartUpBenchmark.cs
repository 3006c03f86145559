using System.Globalization;

namespace CmlNet.Benchmarks;

/// <summary>`cml --version` against a program that only says hello: what the size of the binary costs each call.</summary>
internal sealed class StartUpBenchmark : IBenchmark
{
    // Starts are short and noisy: many for each round.
    private const int StartsPerRound = 8;

    public const string PeakMemory = "import os,sys; p=os.posix_spawn(sys.argv[1],sys.argv[1:],os.environ,file_actions=[(os.POSIX_SPAWN_OPEN,1,'/dev/null',os.O_WRONLY,0)]); print(os.wait4(p,0)[2].ru_maxrss)";

    public string Name => "start";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        string hello = await HelloWorld.PublishAsync(setting, cancellationToken);
        Sample ours = new(), theirs = new();
        for (int i = 0; i < (setting.Rounds * StartsPerRound) + 1; i++)
        {
            double cml = await Command.TimeAsync(setting.Binary, ["--version"], setting.Work, cancellationToken);
            double reference = await Command.TimeAsync(hello, [], setting.Work, cancellationToken);
            if (i == 0)
                continue; // files not in the page cache yet
            ours.Add(cml);
            theirs.Add(reference);
        }
        return [new Comparison("`cml --version`", "trimmed ReadyToRun hello-world", 1.3, ours, theirs, await MemoryAsync(setting, hello, cancellationToken))];
    }

    /// <summary>Peak resident memory of both, measured by a small parent: what a child inherits from a large one counts as its own.</summary>
    private static async Task<string> MemoryAsync(BenchmarkSetting setting, string hello, CancellationToken cancellationToken)
    {
        try
        {
            string cml = await Command.OutputAsync("python3", ["-c", PeakMemory, setting.Binary, "--version"], setting.Work, cancellationToken);
            string reference = await Command.OutputAsync("python3", ["-c", PeakMemory, hello], setting.Work, cancellationToken);
            return string.Create(CultureInfo.InvariantCulture, $"peak memory {Megabytes(cml):0} MB against {Megabytes(reference):0} MB");
        }
        catch (BenchmarkException)
        {
            return "peak memory needs python3";
        }
    }

    private static double Megabytes(string kibibytes) => double.Parse(kibibytes, CultureInfo.InvariantCulture) / 1024;
}
