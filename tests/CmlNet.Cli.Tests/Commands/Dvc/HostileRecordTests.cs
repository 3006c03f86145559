namespace CmlNet.Cli.Tests.Commands.Dvc;

public sealed class HostileRecordTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("outs:\n- md5: ../../../etc/passwd\n  path: a\n", "is not an MD5")]
    [InlineData("outs:\n- path: ../outside\n  md5: acbd18db4cc2f85cedef654fccc4a4d8\n  hash: md5\n", "outside of the project")]
    [InlineData("outs:\n- path: .git/config\n  md5: acbd18db4cc2f85cedef654fccc4a4d8\n  hash: md5\n", "cannot be an output")]
    [InlineData("cmd: x\nouts:\n- path: a\n", "unknown key 'cmd'")]
    [InlineData("outs: [\n", "a.dvc:2:1")]
    public async Task Checkout_HostileRecord_IsRefused(string record, string message)
    {
        _folder.Write("a.dvc", record);
        Assert.Equal(255, await _folder.RunAsync("checkout"));
        Assert.Contains(message, _folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkout_ThroughALinkOutOfTheProject_IsRefused()
    {
        _folder.Write("a", "foo");
        await _folder.OkAsync("add", "a");
        Directory.CreateDirectory(_folder.Beside("elsewhere"));
        Directory.CreateSymbolicLink(_folder.PathOf("link"), _folder.Beside("elsewhere"));
        _folder.Write("evil.dvc", "outs:\n- md5: acbd18db4cc2f85cedef654fccc4a4d8\n  hash: md5\n  path: link/planted\n");
        Assert.Equal(255, await _folder.RunAsync("checkout"));
        Assert.Contains("is a link to", _folder.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Beside("elsewhere")));
    }
}
