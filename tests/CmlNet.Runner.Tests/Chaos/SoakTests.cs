using System.Globalization;
using CmlNet.Runner.Tests.Daemon;
using CmlNet.Testing.Actions.State;
using Xunit.Abstractions;

namespace CmlNet.Runner.Tests.Chaos;

/// <summary>
/// Many jobs, one after the other and several at once, over the fake engine: memory and open handles of the daemon's process
/// stay where they are. CML_SOAK_JOBS=10000 is the long one.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Batch = 50;

    // Of the published program, all that is resident; a build that is compiled as it runs needs more.
    private const long MostMemory = 80_000_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Run_ManyJobs_MemoryAndHandlesStayFlat()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("CML_SOAK_JOBS"), CultureInfo.InvariantCulture, out int asked) ? asked : 300;
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, gpus: 1, max: 4 }, { name: cpu, max: 4, network: shared }]");
        await scene.StartDaemonAsync();
        var samples = new List<(int Done, TimeSpan Elapsed, long Memory, long Own, int Handles)>();
        long began = TimeProvider.System.GetTimestamp();
        for (int done = 0; done < count; done += Batch)
        {
            FakeJob[] jobs = [.. Enumerable.Range(0, Batch).Select(i => scene.Service.Queue(i % 2 == 0 ? "one" : "cpu"))];
            await Polling.UntilAsync(() => jobs.All(job => job.State == FakeJobState.Completed), () => $"{done + Batch} jobs are done: {scene.Daemon.LastWords}", TimeSpan.FromMinutes(5));
            Assert.All(jobs, job => Assert.Equal((1, "succeeded"), (job.Starts, job.Result)));
            scene.Service.State.Change(() => scene.Service.State.Jobs.RemoveAll(job => job.State == FakeJobState.Completed));
            samples.Add((done + Batch, TimeProvider.System.GetElapsedTime(began), Memory(scene.Daemon.Id, "VmRSS"), Memory(scene.Daemon.Id, "RssAnon"), Directory.GetFiles($"/proc/{scene.Daemon.Id}/fd").Length));
        }

        await scene.UntilCleanAsync();
        foreach ((int done, TimeSpan elapsed, long memory, long own, int handles) in samples.Where((_, i) => i % Math.Max(1, samples.Count / 20) == 0).Append(samples[^1]))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} jobs after {elapsed.TotalSeconds:0} s: {memory / 1e6:0.0} MB, {own / 1e6:0.0} of them its own, {handles} handles"));
        int warm = samples.Count / 3;
        Assert.True(samples[warm..].Max(sample => sample.Handles) <= samples[..(warm + 1)].Max(sample => sample.Handles) + 10, $"handles grow: {string.Join(", ", samples)}");
        if (DaemonProcess.IsPublished)
        {
            // A short run ends before the daemon has given back for the first time what its start took.
            Assert.All(samples, sample => Assert.InRange(sample.Own, 1, MostMemory));
            Assert.All(samples.Where(sample => sample.Elapsed > WarmUp), sample => Assert.InRange(sample.Memory, 1, MostMemory));
        }

        Assert.Empty(scene.Engine.Defects);
        Assert.Empty(scene.Service.Complaints);
        Assert.Equal(0, await scene.Daemon.StopAsync());
    }

    private static long Memory(int process, string field) => long.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(field + ":", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
}
