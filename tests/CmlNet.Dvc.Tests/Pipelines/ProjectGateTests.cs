using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Tests.Pipelines;

public sealed class ProjectGateTests : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("cml-gate-").FullName;

    public void Dispose() => Directory.Delete(_top, recursive: true);

    /// <summary>A stage that left and could not come back gives nothing up that is another's.</summary>
    [Fact]
    public async Task Leave_OfOneThatIsNotIn_LeavesTheLockWithTheOthers()
    {
        Directory.CreateDirectory(Path.Combine(_top, ".dvc"));
        DvcProject project = DvcProject.Open(_top, new Dictionary<string, string> { ["HOME"] = _top }, TimeProvider.System);
        Stage one = new() { File = "dvc.yaml", Folder = "", Name = "one" }, other = new() { File = "dvc.yaml", Folder = "", Name = "other" };
        using var gate = new ProjectGate(project);
        await gate.EnterAsync(one, isPatient: false, CancellationToken.None);
        await gate.LeaveAsync(one);
        await gate.LeaveAsync(one);
        await gate.EnterAsync(other, isPatient: true, CancellationToken.None);
        await gate.LeaveAsync(one);
        Assert.Throws<IOException>(() => File.Open(Path.Combine(_top, ".dvc", "tmp", "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None));
        await gate.LeaveAsync(other);
        File.Open(Path.Combine(_top, ".dvc", "tmp", "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
    }
}
