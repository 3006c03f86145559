using System.Globalization;
using System.Text.Json.Nodes;
using CmlNet.Runner.Tests.Daemon;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;
using Xunit.Abstractions;

namespace CmlNet.Runner.Tests.Chaos;

/// <summary>
/// The daemon as a process of its own, killed at random moments while the service fails at random too: every job runs
/// once, no GPU has two owners, nothing is left, every report is there once. CML_CHAOS_JOBS=200 CML_CHAOS_KILLS=20 is the large
/// one; CML_CHAOS_SEED makes it another.
/// </summary>
public sealed class KilledDaemonTests(ITestOutputHelper output)
{
    private const int Seed = 20260101;

    // With bash alone: a folder for each GPU, made by whoever uses it. Whoever finds it there already is the second.
    private const string Script = """
        for gpu in ${NVIDIA_VISIBLE_DEVICES//,/ }; do [ "$gpu" = void ] || mkdir "/gpus/$gpu" || mkdir "/gpus/twice-$gpu"; done
        echo '{"accuracy": 0.9}' > /cml/outbox/metrics.json
        sleep 0.1
        for gpu in ${NVIDIA_VISIBLE_DEVICES//,/ }; do [ "$gpu" = void ] || rm -d "/gpus/$gpu"; done
        """;

    private static readonly string Sha = new('a', 40);

    [SkippableFact]
    public async Task Run_KilledAtRandom_EveryJobRunsOnceAndNothingIsLeft()
    {
        int count = Number("CML_CHAOS_JOBS", 20), kills = Number("CML_CHAOS_KILLS", 4);
        string image = await RunnerImage.RequireAsync();
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        await using FakeActionsService service = await FakeActionsService.StartAsync(await RunnerImage.FindGatewayAsync(), gitHub);
        service.Allow("ghp_test", isInstallation: false);
        service.Behavior.PollTime = TimeSpan.FromSeconds(1);
        // Killed before it has written down which session it had just opened, the daemon cannot close it.
        service.Behavior.SessionPatience = TimeSpan.FromSeconds(20);
        FakeRepository repository = gitHub.AddRepository("acme/models");
        repository.Commits.Add(Sha);
        using var folder = new TemporaryFolder();
        string name = $"chaos{Guid.NewGuid().ToString("N")[..6]}";
        using var daemon = new DaemonProcess(Configure(folder, service, image, name), new Dictionary<string, string>(StringComparer.Ordinal) { ["CHAOS_TOKEN"] = "ghp_test" });
        FakeJob[] jobs = [.. Enumerable.Range(0, count).Select(i => service.Queue(i % 5 == 0 ? "two" : i % 3 == 0 ? "cpu" : "one", Script))];
        int seed = Number("CML_CHAOS_SEED", Seed);
        output.WriteLine($"seed {seed}: {count} jobs, {kills} kills");
        var random = new Random(seed);
        TimeSpan patience = TimeSpan.FromSeconds(240 + (3 * count));

        daemon.Start();
        for (int i = 0; i < kills; i++)
        {
            service.Faults.Add(Faults[random.Next(Faults.Length)]);
            int done = jobs.Count(job => job.State == FakeJobState.Completed);
            int wanted = Math.Min(count, done + random.Next(0, Math.Max(1, (count - done) / (kills - i))));
            await Polling.UntilAsync(() => jobs.Count(job => job.State == FakeJobState.Completed) >= wanted, () => $"{wanted} jobs are done after {i} kills: {daemon.LastWords}", patience);
            // And somewhere in the middle of what it does then.
            int calls = service.Requests.Count + random.Next(0, 20);
            await Polling.UntilAsync(() => service.Requests.Count >= calls || jobs.All(job => job.State == FakeJobState.Completed), () => $"it goes on after {i} kills: {daemon.LastWords}", patience);
            daemon.Kill();
            output.WriteLine($"kill {i + 1}: {jobs.Count(job => job.State == FakeJobState.Completed)} jobs done, {service.Requests.Count} calls");
            daemon.Start();
        }

        await Polling.UntilAsync(() => jobs.All(job => job.State == FakeJobState.Completed), () => $"all jobs are done: {daemon.LastWords}", patience);
        await Polling.UntilAsync(() => repository.Comments.Count >= count && service.State.Read(() => service.State.Agents.Count) == 0, () => $"{repository.Comments.Count} of {count} reports are posted: {daemon.LastWords}", patience);
        Assert.Equal(0, await daemon.StopAsync());

        Assert.All(jobs, job => Assert.Equal((1, "succeeded"), (job.Starts, job.Result)));
        Assert.Empty(Directory.EnumerateDirectories(folder["gpus"]));
        Assert.Empty(await DockerDaemonTests.LeftoversAsync(name));
        string[] twice = [.. repository.Comments.GroupBy(comment => MarkOf(comment.Body)).Where(same => same.Count() > 1).Select(same => string.Join('\n', same.Select(comment => $"{comment.Id} of {comment.CreatedAt:O}: {comment.Body}")))];
        Assert.True(twice.Length == 0, string.Join("\n\n", twice));
        Assert.Equal(count, repository.Comments.Count);
        Assert.Empty(service.Complaints);
    }

    // The runner's name stands in it.
    private static string MarkOf(string body) => body.Split('\n').LastOrDefault(line => line.Contains("watermark", StringComparison.OrdinalIgnoreCase), body);

    private static Fault[] Faults =>
    [
        new() { Kind = FaultKind.StatusBeforeApplying, Method = "GET", PathEnd = "/messages", Status = 401 },
        new() { Kind = FaultKind.StatusBeforeApplying, Method = "GET", PathEnd = "/messages", Status = 404 },
        new() { Kind = FaultKind.ResetAfterApplying, Method = "GET", PathEnd = "/messages" },
        new() { Kind = FaultKind.StatusAfterApplying, PathEnd = "/acquirejobs", Status = 500 },
        new() { Kind = FaultKind.StatusAfterApplying, PathEnd = "/generatejitconfig", Status = 503 },
        new() { Kind = FaultKind.ResetBeforeApplying, PathEnd = "/generatejitconfig" },
        new() { Kind = FaultKind.StatusBeforeApplying, PathEnd = "/sessions", Status = 409 },
        new() { Kind = FaultKind.StatusBeforeApplying, PathEnd = "/runner-registration", Status = 403 },
    ];

    private static int Number(string variable, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    // What it is to do, in a folder with a place for each GPU's mark.
    private static string Configure(TemporaryFolder folder, FakeActionsService service, string image, string name)
    {
        Directory.CreateDirectory(folder["gpus"]);
        File.SetUnixFileMode(folder["gpus"], (UnixFileMode)0b111_111_111);
        File.WriteAllText(folder["smi"], "#!/bin/sh\n" + string.Concat(Enumerable.Range(0, 4).Select(i => $"echo '{i}, GPU-{i}, 40960, 0, 0, 50, Disabled, 0, Simulated'\n")));
        File.SetUnixFileMode(folder["smi"], (UnixFileMode)0b111_101_101);
        string common = $"image: '{image}', report: {{ update: false }}, caches: [{{ host: '{folder["gpus"]}', at: /gpus }}], command: {new JsonArray([.. RunnerImage.Command.Select(word => (JsonNode)word)]).ToJsonString()}";
        File.WriteAllText(folder["runner.yaml"], $$"""
            scope: {{service.OrganizationUrl}}
            authentication: { token: { env: CHAOS_TOKEN } }
            name: {{name}}
            data: {{folder["data"]}}
            gpus: { query: {{folder["smi"]}}, attach: variable }
            disk: { least-free: 0 }
            pools:
              - { name: one, gpus: 1, max: 4, network: shared, {{common}} }
              - { name: two, gpus: 2, max: 2, network: own, {{common}} }
              - { name: cpu, max: 2, network: shared, {{common}} }
            """);
        return folder["runner.yaml"];
    }
}
