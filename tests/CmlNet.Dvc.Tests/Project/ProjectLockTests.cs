using System.Net.Sockets;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Tests.Project;

public sealed class ProjectLockTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-lock-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A socket cannot be opened as a file: as on a disk that is only read, waiting does not help.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Take_WhatCannotBeOpened_SaysSoAtOnce(bool isPatient)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "tmp"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "tmp", "lock")));
        using var deadline = new CancellationTokenSource(Deadline);
        string message = (await Assert.ThrowsAsync<DvcException>(() => ProjectLock.TakeAsync(_folder, TimeProvider.System, isPatient, deadline.Token))).Message;
        Assert.Contains("cannot be written", message, StringComparison.Ordinal);
        Assert.DoesNotContain("another process", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_WhileAnotherHasIt_Waits()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        ProjectLock first = await ProjectLock.TakeAsync(_folder, TimeProvider.System, isPatient: false, deadline.Token);
        Task<ProjectLock> second = ProjectLock.TakeAsync(_folder, TimeProvider.System, isPatient: false, deadline.Token);
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }
}
