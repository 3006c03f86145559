using CmlNet.Testing.Docker;

namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>Stages in containers of the real engine.</summary>
public sealed class ContainerStageTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Repro_WithAnImage_RunsThereWithTheProjectMounted()
    {
        string image = await DockerFixture.RequireAsync(TestImages.Python3);
        _folder.Write("in", "41\n");
        _folder.Write("dvc.yaml", $"stages:\n  add:\n    cmd: python3 -c \"print(int(open('in').read()) + 1)\" > out; cat /etc/hostname > host; echo $DVC_STAGE >> host\n    deps: [in]\n    outs: [out, host]\n    meta: {{image: '{image}'}}\n  fail:\n    cmd: exit 7\n    deps: [out]\n");
        Assert.Equal(255, await _folder.RunAsync("repro"));
        Assert.Contains("exited with 7", _folder.Error + _folder.Out, StringComparison.Ordinal);
        Assert.Equal("42\n", _folder.Read("out"));
        string[] host = _folder.Read("host").TrimEnd('\n').Split('\n');
        Assert.NotEqual(Environment.MachineName, host[0]);
        Assert.Equal("add", host[1]);
        _folder.Write("dvc.yaml", "stages:\n  where:\n    cmd: cat /etc/hostname > host\n    outs: [host]\n");
        await _folder.OkAsync("repro", "--image", image, "--force");
        Assert.NotEqual(Environment.MachineName, _folder.Read("host").Trim());
    }

    [SkippableFact]
    public async Task Repro_ImageThatIsNot_FailsWithTheEnginesWord()
    {
        await DockerFixture.RequireAsync(TestImages.Python3);
        _folder.Write("dvc.yaml", "stages:\n  where:\n    cmd: ls\n    always_changed: true\n");
        Assert.Equal(255, await _folder.RunAsync("repro", "--image", "-v"));
        Assert.Contains("is no name of an image", _folder.Error + _folder.Out, StringComparison.Ordinal);
    }
}
