namespace CmlNet.Benchmarks;

/// <summary>What the benchmarks that run containers share: the engine, an image, and runs of `cml run`.</summary>
internal static class Engine
{
    private const string Made = "cmlnet-bench/debian:1";

    public static EngineSocket Connect()
    {
        string host = Environment.GetEnvironmentVariable("DOCKER_HOST") ?? "unix:///var/run/docker.sock";
        return host.StartsWith("unix://", StringComparison.Ordinal)
            ? new EngineSocket(host["unix://".Length..])
            : throw new BenchmarkException($"DOCKER_HOST={host}: the references are measured on a unix socket");
    }

    /// <summary>An image with a shell and coreutils: the one named by BENCH_IMAGE, or a minimal Debian made here.</summary>
    public static async Task<string> ImageAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("BENCH_IMAGE") is { Length: > 0 } named)
            return named;
        // Nothing but the minimal system is needed; the script wants at least one package.
        await Command.TimeAsync(Path.Combine(setting.Root, "deploy", "images", "debian-image.sh"), [Made, "ca-certificates"], setting.Root, cancellationToken);
        return Made;
    }

    /// <summary>A git repository with one workflow of so many steps, each a shell that does nothing.</summary>
    public static async Task<string> RepositoryAsync(BenchmarkSetting setting, string name, IEnumerable<string> steps, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(setting.Work, name);
        string workflows = Path.Combine(folder, ".github", "workflows");
        Directory.CreateDirectory(workflows);
        string lines = string.Concat(steps.Select(step => $"      - run: {step}\n"));
        string workflow = $"name: {name}\non: push\ndefaults:\n  run:\n    shell: sh\njobs:\n  bench:\n    runs-on: ubuntu-latest\n    steps:\n{lines}";
        await File.WriteAllTextAsync(Path.Combine(workflows, "bench.yml"), workflow, cancellationToken);
        await Command.TimeAsync("git", ["init", "-q", "-b", "main"], folder, cancellationToken);
        await Command.TimeAsync("git", ["add", "-A"], folder, cancellationToken);
        await Command.TimeAsync("git", ["-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "Measure"], folder, cancellationToken);
        return folder;
    }

    /// <summary>The wall time of a whole `cml run`, in milliseconds.</summary>
    public static Task<double> RunAsync(BenchmarkSetting setting, string repository, string image, CancellationToken cancellationToken)
        => Command.TimeAsync(setting.Binary, ["run", "--engine", "docker", "--image", $"ubuntu-latest={image}"], repository, cancellationToken);
}
