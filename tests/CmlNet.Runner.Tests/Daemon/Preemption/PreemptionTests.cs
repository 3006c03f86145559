using System.Net.Sockets;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Daemon.Preemption;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Runner.Tests.Daemon.Preemption;

public sealed class PreemptionTests
{
    [Theory]
    [InlineData("Aws", "AWS will terminate the instance at 2026-09-18T08:22:00Z")]
    [InlineData("Azure", "Azure: Preempt at Mon, 19 Sep 2026 18:29:47 GMT")]
    [InlineData("Gcp", "Google preempts the instance")]
    public async Task Wait_CloudSaysSo_ReturnsWhatItSaid(string cloud, string expected)
    {
        await using FakeMetadata metadata = await FakeMetadata.StartAsync();
        using var notice = new CloudNotice(Enum.Parse<CloudKind>(cloud), new Uri(metadata.Url), TimeSpan.FromMilliseconds(10), TimeProvider.System);
        Task<string> waiting = notice.WaitAsync(CancellationToken.None);
        await Polling.UntilAsync(() => metadata.Asked >= 4, "it has been asked without there being anything");
        Assert.False(waiting.IsCompleted);

        metadata.IsPreempted = true;

        Assert.Equal(expected, await waiting.WaitAsync(Polling.Patience));
        Assert.Empty(metadata.Complaints);
    }

    [Fact]
    public async Task Wait_NobodyAnswers_SaysWhatToCheck()
    {
        using var notice = new CloudNotice(CloudKind.Azure, new Uri("http://127.0.0.1:1"), TimeSpan.FromSeconds(1), TimeProvider.System);
        IOException exception = await Assert.ThrowsAsync<IOException>(() => notice.WaitAsync(CancellationToken.None));
        Assert.Contains("Check preemption.cloud", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_PowerButton_IsHeardAmongOtherEvents()
    {
        using var folder = new TemporaryFolder();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(folder["acpid.socket"]));
        listener.Listen();
        Task<string> waiting = new AcpiNotice(folder["acpid.socket"]).WaitAsync(CancellationToken.None);
        using Socket connection = await listener.AcceptAsync();
        await connection.SendAsync("ac_adapter ACPI0003:00 00000080 00000001\n"u8.ToArray());
        await connection.SendAsync("button/power PBTN 00000080 00000000\n"u8.ToArray());
        Assert.Equal("the power button was pressed", await waiting.WaitAsync(Polling.Patience));
        await Assert.ThrowsAsync<IOException>(() => new AcpiNotice(folder["none"]).WaitAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Run_MachineIsTakenAway_JobIsRunAgainAndNoOtherTaken()
    {
        await using FakeMetadata metadata = await FakeMetadata.StartAsync();
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = $"preemption: {{ cloud: gcp, endpoint: '{metadata.Url}', interval: 20ms, grace: 50ms }}\npools: [{{ name: gpu1, max: 1, reruns: 1 }}]";
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("gpu1", "hold", runId: 77);
        await Polling.UntilAsync(() => scene.HasEvent("job_started"), "it runs");
        FakeJob late = scene.Service.Queue("gpu1");

        metadata.IsPreempted = true;

        Assert.Equal("preempted: Google preempts the instance", await scene.EndedAsync());
        Assert.Equal("canceled", job.Result);
        Assert.Equal([77], scene.Service.Reruns);
        // It may have been acquired when the notice came; GitHub gives it to another then. It is not started.
        Assert.Equal(0, late.Starts);
        Assert.Empty(scene.Service.State.Agents);
    }
}
