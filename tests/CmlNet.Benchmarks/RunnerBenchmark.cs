using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.Docker;

namespace CmlNet.Benchmarks;

/// <summary>The runner daemon: how soon a job's container begins, how many jobs go through, what the daemon costs when there is nothing to do.</summary>
internal sealed class RunnerBenchmark : IBenchmark
{
    private const int JobsPerRound = 20;
    private const int IdlePools = 10;

    // 1.2 × (bare + this) = 1.2 × bare + 10 ms.
    private const double Allowance = 10 / 1.2;
    private const double MostIdleCpu = 0.001;
    private const double MostIdleMegabytes = 60;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);

    // What a start leaves behind is dealt with: methods that were used often are compiled again, memory is given back.
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(90);

    public string Name => "runner";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        using HttpClient engine = DockerFixture.CreateHttpClient();
        string image;
        try
        {
            (await engine.GetAsync("/_ping", cancellationToken)).EnsureSuccessStatusCode();
            image = await RunnerImage.RequireAsync();
        }
        catch (HttpRequestException e)
        {
            throw new BenchmarkException($"no container engine answers: {e.Message}");
        }

        string command = new JsonArray([.. RunnerImage.Command.Select(word => (JsonNode)word)]).ToJsonString();
        IPAddress gateway = await RunnerImage.FindGatewayAsync();
        string cores = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        var rows = new List<Comparison>();
        await using (BenchDaemon daemon = await BenchDaemon.StartAsync(setting, gateway, TimeSpan.FromSeconds(20), [$"{{ name: one, max: {cores}, network: shared, image: '{image}', report: {{ enabled: false }}, command: {command} }}"], cancellationToken))
        {
            rows.Add(await StartAsync(setting, engine, daemon, image, cancellationToken));
            rows.Add(await ThroughputAsync(setting, daemon, image, $"{cores} at once; the loop one after the other", cancellationToken));
        }

        rows.AddRange(await IdleAsync(setting, image, cancellationToken));
        rows.Add(await RunnerReconciliation.MeasureAsync(setting, cancellationToken));
        return rows;
    }

    private static async Task<Comparison> StartAsync(BenchmarkSetting setting, HttpClient engine, BenchDaemon daemon, string image, CancellationToken cancellationToken)
    {
        Sample ours = new(), bare = new();
        for (int round = -1; round < setting.Rounds * 4; round++)
        {
            DateTimeOffset queued = DateTimeOffset.UtcNow;
            FakeJob job = daemon.Service.Queue("one", "sleep 3");
            await daemon.UntilAsync(() => job.State == FakeJobState.Running, "the job runs", cancellationToken);
            JsonArray containers = await engine.GetFromJsonAsync<JsonArray>($"/v1.41/containers/json?all=true&filters={Uri.EscapeDataString($$"""{"label":["cmlnet.runner={{job.Agent?.Name}}"]}""")}", cancellationToken) ?? [];
            double own = (await StartedAsync(engine, (string?)containers[0]?["Id"] ?? "", cancellationToken) - queued).TotalMilliseconds;
            await daemon.UntilAsync(() => job.State == FakeJobState.Completed && daemon.Service.State.Read(() => daemon.Service.State.Agents.Count) == 0, "it is done", cancellationToken);
            double reference = await BareAsync(engine, image, cancellationToken);
            if (round < 0)
                continue; // into the caches
            ours.Add(own);
            bare.Add(reference + Allowance);
        }

        return new Comparison("a job queued until its container began, by `cml runner start`", "create and start through the engine's API, and 8.3 ms", 1.2, ours, bare, "registration, the container's files and the message included");
    }

    private static async Task<double> BareAsync(HttpClient engine, string image, CancellationToken cancellationToken)
    {
        DateTimeOffset began = DateTimeOffset.UtcNow;
        using HttpResponseMessage created = await engine.PostAsJsonAsync("/v1.41/containers/create", new JsonObject { ["Image"] = image, ["Entrypoint"] = new JsonArray("/bin/sleep", "60"), ["HostConfig"] = new JsonObject { ["Init"] = true } }, cancellationToken);
        string id = (string?)(await created.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))?["Id"] ?? throw new BenchmarkException("the engine made no container");
        (await engine.PostAsync($"/v1.41/containers/{id}/start", null, cancellationToken)).EnsureSuccessStatusCode();
        double milliseconds = (await StartedAsync(engine, id, cancellationToken) - began).TotalMilliseconds;
        await engine.DeleteAsync($"/v1.41/containers/{id}?force=1&v=1", cancellationToken);
        return milliseconds;
    }

    private static async Task<DateTimeOffset> StartedAsync(HttpClient engine, string id, CancellationToken cancellationToken)
    {
        JsonNode? state = await engine.GetFromJsonAsync<JsonNode>($"/v1.41/containers/{id}/json", cancellationToken);
        return DateTimeOffset.Parse((string?)state?["State"]?["StartedAt"] ?? throw new BenchmarkException("the engine does not say when a container began"), CultureInfo.InvariantCulture);
    }

    private static async Task<Comparison> ThroughputAsync(BenchmarkSetting setting, BenchDaemon daemon, string image, string note, CancellationToken cancellationToken)
    {
        Sample ours = new(), loop = new();
        string script = $"i=0; while [ $i -lt {JobsPerRound} ]; do docker run --rm --init --entrypoint /bin/bash {image} -c true || exit 1; i=$((i+1)); done";
        for (int round = 0; round < setting.Rounds; round++)
        {
            long began = Stopwatch.GetTimestamp();
            FakeJob[] jobs = [.. Enumerable.Range(0, JobsPerRound).Select(_ => daemon.Service.Queue("one"))];
            await daemon.UntilAsync(() => jobs.All(job => job.State == FakeJobState.Completed), "all jobs are done", cancellationToken);
            ours.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds / JobsPerRound);
            await daemon.UntilAsync(() => daemon.Service.State.Read(() => daemon.Service.State.Agents.Count) == 0, "their runners are gone", cancellationToken);
            loop.Add(await Command.TimeAsync("/bin/sh", ["-c", script], setting.Work, cancellationToken) / JobsPerRound);
        }

        return new Comparison(string.Create(CultureInfo.InvariantCulture, $"one of {JobsPerRound} jobs by the daemon"), "a shell loop of `docker run --rm`", 1 / 0.9, ours, loop, string.Create(CultureInfo.InvariantCulture, $"{60_000 / ours.Median:0} jobs a minute against {60_000 / loop.Median:0}; {note}"));
    }

    private static async Task<IReadOnlyList<Comparison>> IdleAsync(BenchmarkSetting setting, string image, CancellationToken cancellationToken)
    {
        string[] pools = [.. Enumerable.Range(0, IdlePools).Select(i => $"{{ name: pool{i}, image: '{image}', max: 4 }}")];
        await using BenchDaemon daemon = await BenchDaemon.StartAsync(setting, IPAddress.Loopback, TimeSpan.FromSeconds(50), pools, cancellationToken);
        await Task.Delay(SettlingTime, cancellationToken);
        double before = daemon.CpuMilliseconds;
        await Task.Delay(IdleTime, cancellationToken);
        Sample cpu = new(), most = new(), memory = new(), limit = new();
        cpu.Add(daemon.CpuMilliseconds - before);
        most.Add(IdleTime.TotalMilliseconds * MostIdleCpu);
        memory.Add(daemon.MemoryBytes / 1e6);
        limit.Add(MostIdleMegabytes);
        return
        [
            new Comparison($"the idle daemon's CPU time in a minute, {IdlePools} pools", "0.1 % of one core", 1, cpu, most),
            new Comparison($"the idle daemon's resident memory, {IdlePools} pools", "60 MB", 1, memory, limit) { Unit = "MB" },
        ];
    }
}
