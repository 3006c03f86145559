using System.Net.Sockets;
using CmlNet.Containers;
using CmlNet.Runner.Control;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.GitHub;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>Commands to a daemon when something it needs is away.</summary>
public sealed class ControlFailureTests
{
    [Fact]
    public async Task Drain_GitHubIsAway_SaysSoAndEveryPoolTakesNoMoreJobs()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "pools: [{ name: a, min-idle: 1, max: 1 }, { name: b, min-idle: 1, max: 1 }]";
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Agents.Count(agent => agent.IsOnline)) == 2, "both wait");
        scene.Service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Method = "DELETE", Status = 503, Times = 12 });

        ControlException exception = await Assert.ThrowsAsync<ControlException>(() => scene.Control.PostAsync("/drain", CancellationToken.None));

        Assert.Contains("Tried to remove runner", exception.Message, StringComparison.Ordinal);
        Assert.All((await scene.Control.StatusAsync(CancellationToken.None)).Pools, pool => Assert.Equal("draining", pool.Condition));
    }

    [Fact]
    public async Task Prune_EngineIsAway_SaysSo()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        await scene.StartDaemonAsync();
        scene.Engine.Cleaning = () => throw new EngineException(EngineErrorKind.Unreachable, "The engine does not answer.");
        ControlException exception = await Assert.ThrowsAsync<ControlException>(() => scene.Control.PostAsync("/prune", CancellationToken.None));
        Assert.Equal("The engine does not answer.", exception.Message);
    }

    [Fact]
    public async Task Cancel_TwoJobsHaveTheName_EndsNeitherAndNamesTheirRunners()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "pools: [{ name: gpu1, max: 2 }]";
        await scene.StartDaemonAsync();
        FakeJob[] jobs = [scene.Service.State.Queue(["gpu1"], "hold", "acme", "models", 1, "train"), scene.Service.State.Queue(["gpu1"], "hold", "acme", "models", 2, "train")];
        await Polling.UntilAsync(() => scene.CountEvents("job_started") == 2, "both run");

        ControlException exception = await Assert.ThrowsAsync<ControlException>(() => scene.Control.PostAsync("/cancel?name=train", CancellationToken.None));

        Assert.StartsWith("2 running jobs are named 'train'. Say which by its runner: ", exception.Message, StringComparison.Ordinal);
        Assert.All(jobs, job => Assert.Contains(job.Agent!.Name, exception.Message, StringComparison.Ordinal)); // they run
        Assert.All(jobs, job => Assert.Equal(FakeJobState.Running, job.State));
        await scene.Control.PostAsync($"/cancel?name={jobs[1].Agent!.Name}", CancellationToken.None);
        await Polling.UntilAsync(() => jobs[1].Result == "canceled" && scene.Host.Present == 1, "the one that was meant is cancelled");
        Assert.Equal(FakeJobState.Running, jobs[0].State);
        await scene.Control.PostAsync("/cancel?name=train", CancellationToken.None);
        await Polling.UntilAsync(() => jobs[0].Result == "canceled", "now there is one of that name only");
    }

    [Theory]
    [InlineData("HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n", "answered 500")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", "broke off")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{", "broke off")]
    public async Task Client_AnswerIsNone_SaysWhoseItIs(string answer, string expected)
    {
        using var folder = new TemporaryFolder();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(folder["s"]));
        listener.Listen();
        Task served = ServeAsync();
        using var client = new ControlClient(folder["s"]);

        ControlException exception = await Assert.ThrowsAsync<ControlException>(() => client.PostAsync("/drain", CancellationToken.None));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith(folder["s"], exception.Message, StringComparison.Ordinal);
        await served;

        async Task ServeAsync()
        {
            using Socket connection = await listener.AcceptAsync();
            await connection.ReceiveAsync(new byte[4096]);
            await connection.SendAsync(System.Text.Encoding.ASCII.GetBytes(answer));
            connection.Shutdown(SocketShutdown.Both);
        }
    }
}
