using System.Globalization;

namespace CmlNet.Benchmarks;

/// <summary>Times a Python script by its own clock, in a container that sees the work folder: what starting Python and importing costs is not held against it.</summary>
internal static class Python
{
    private const string Pandas = "cmlnet-bench/pandas:1";
    private const string ScikitLearn = "cmlnet-bench/sklearn:1";

    // The stand-in for CML's image, which the tests use as well.
    private const string Matplotlib = "dvcorg/cml-py3:latest";
    private const string MatplotlibPackages = "python3-sklearn,python3-matplotlib,python3-pip,python3-setuptools,python-is-python3,git,ca-certificates";

    public static async Task<string> PandasImageAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        await Command.TimeAsync(Path.Combine(setting.Root, "deploy", "images", "debian-image.sh"), [Pandas, "python3-pandas"], setting.Root, cancellationToken);
        return Pandas;
    }

    public static async Task<string> MatplotlibImageAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        await Command.TimeAsync(Path.Combine(setting.Root, "deploy", "images", "debian-image.sh"), [Matplotlib, MatplotlibPackages], setting.Root, cancellationToken);
        return Matplotlib;
    }

    public static async Task<string> ScikitLearnImageAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        await Command.TimeAsync(Path.Combine(setting.Root, "deploy", "images", "debian-image.sh"), [ScikitLearn, "python3-sklearn,python3-pandas"], setting.Root, cancellationToken);
        return ScikitLearn;
    }

    /// <summary>Runs <c>work()</c> of the script after everything above it; returns its milliseconds and the process's peak memory in megabytes.</summary>
    public static async Task<(double Milliseconds, double Megabytes)> RunAsync(BenchmarkSetting setting, string image, string script, CancellationToken cancellationToken)
    {
        string timed = script + "\nimport time,resource\nt=time.perf_counter()\nwork()\nprint((time.perf_counter()-t)*1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024)\n";
        string output = await Command.OutputAsync("docker", ["run", "--rm", "--network", "none", "-v", $"{setting.Work}:/work", "-w", "/work", image, "python3", "-c", timed], setting.Work, cancellationToken);
        string[] numbers = output.Trim().Split('\n')[^1].Split(' ');
        return (double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture));
    }
}
