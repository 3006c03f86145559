using System.Diagnostics;

namespace CmlNet.Benchmarks;

/// <summary>What a step costs in `cml run`: a run of 100 steps less a run of one, over 99; and what the job costs around its steps.</summary>
internal sealed class StepBenchmark : IBenchmark
{
    private const int Steps = 100;
    private const int ExecsPerRound = 33;
    private const int ProcessesPerRound = 300;
    private const double StepLimit = 5;
    private const string StepSubject = "one step of `cml run`";
    private const string JobSubject = "a job's set-up and tear-down in `cml run`";

    public string Name => "step";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        using EngineSocket engine = Engine.Connect();
        string image = await Engine.ImageAsync(setting, cancellationToken);
        string one = await Engine.RepositoryAsync(setting, "one", ["\"true\""], cancellationToken);
        string many = await Engine.RepositoryAsync(setting, "many", Enumerable.Repeat("\"true\"", Steps), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(setting.Work, "step.sh"), "true\n", cancellationToken);
        await Engine.RunAsync(setting, one, image, cancellationToken); // images and files into the caches

        Sample step = new(), cli = new(), api = new(), act = new(), job = new(), bare = new(), bareWithNetwork = new(), added = new(), limit = new();
        limit.Add(StepLimit);
        string[] command = ["sh", "-e", "/bench/step.sh"];
        for (int round = 0; round < setting.Rounds; round++)
        {
            // So that nobody waits for what others wrote.
            await Command.TimeAsync("sync", [], setting.Work, cancellationToken);
            double single = await Engine.RunAsync(setting, one, image, cancellationToken);
            double stepTime = (await Engine.RunAsync(setting, many, image, cancellationToken) - single) / (Steps - 1);
            double plan = await Command.TimeAsync(setting.Binary, ["run", "--plan", "--image", $"ubuntu-latest={image}"], one, cancellationToken);
            step.Add(stepTime);
            job.Add(single - stepTime - plan);
            bare.Add(await TimeContainerAsync(engine, image, setting.Work, withNetwork: false, cancellationToken));
            bareWithNetwork.Add(await TimeContainerAsync(engine, image, setting.Work, withNetwork: true, cancellationToken));
            added.Add(stepTime - await TimeProcessAsync(engine, image, setting.Work, command, cancellationToken));
            await TimeExecsAsync(engine, image, setting.Work, command, cli, api, act, cancellationToken);
        }
        string steps = $"{Steps} steps against 1";
        return
        [
            new Comparison(StepSubject, "`docker exec` of the same command", 1.3, step, cli, steps),
            new Comparison(StepSubject, "the same exec through the engine's API", 1.3, step, api, steps),
            new Comparison("what `cml run` adds to a step's own process", "5 ms", 1, added, limit, "the process: the same command started by a shell in a container"),
            new Comparison(StepSubject, "act's 22 engine calls for a step, replayed", null, step, act, "no part of act itself"),
            new Comparison(JobSubject, "create, start, remove through the engine's API", 1.5, job, bare, "the whole run less one step and less `cml run --plan`"),
            new Comparison(JobSubject, "the same with a network of its own, as the job has", null, job, bareWithNetwork),
        ];
    }

    private static async Task<double> TimeContainerAsync(EngineSocket engine, string image, string folder, bool withNetwork, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        string? network = withNetwork ? await engine.CreateNetworkAsync($"cmlnet-bench-{Guid.NewGuid():N}", cancellationToken) : null;
        await engine.RemoveContainerAsync(await engine.StartContainerAsync(image, folder, network ?? "bridge", cancellationToken), cancellationToken);
        if (network is not null)
            await engine.RemoveNetworkAsync(network, cancellationToken);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>One process of the command, without engine and supervisor: a loop of many in a container, less an empty one.</summary>
    private static async Task<double> TimeProcessAsync(EngineSocket engine, string image, string folder, string[] command, CancellationToken cancellationToken)
    {
        string container = await engine.StartContainerAsync(image, folder, "bridge", cancellationToken);
        try
        {
            double many = await LoopAsync(ProcessesPerRound), none = await LoopAsync(0);
            return (many - none) / ProcessesPerRound;
        }
        finally
        {
            await engine.RemoveContainerAsync(container, CancellationToken.None);
        }

        async Task<double> LoopAsync(int times)
        {
            long began = Stopwatch.GetTimestamp();
            await engine.ExecAsync(container, ["sh", "-c", $"i=0; while [ $i -lt {times} ]; do {string.Join(' ', command)} </dev/null; i=$((i+1)); done"], cancellationToken);
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
    }

    /// <summary>Adds one mean over some execs to each sample; the two kinds take turns.</summary>
    private static async Task TimeExecsAsync(EngineSocket engine, string image, string folder, string[] command, Sample cli, Sample api, Sample act, CancellationToken cancellationToken)
    {
        string container = await engine.StartContainerAsync(image, folder, "bridge", cancellationToken);
        try
        {
            double cliTime = 0, apiTime = 0;
            for (int i = 0; i < ExecsPerRound; i++)
            {
                cliTime += await Command.TimeAsync("docker", ["exec", container, .. command], folder, cancellationToken);
                long began = Stopwatch.GetTimestamp();
                await engine.ExecAsync(container, command, cancellationToken);
                apiTime += Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
            act.Add(await ActSequence.TimeAsync(engine, container, command, cancellationToken));
            cli.Add(cliTime / ExecsPerRound);
            api.Add(apiTime / ExecsPerRound);
        }
        finally
        {
            await engine.RemoveContainerAsync(container, CancellationToken.None);
        }
    }
}
