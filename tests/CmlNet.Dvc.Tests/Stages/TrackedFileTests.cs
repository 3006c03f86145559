using System.Text;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Tests.Stages;

public sealed class TrackedFileTests
{
    /// <summary>An import of DVC's own documentation (merge conflicts), with the hash DVC wrote.</summary>
    private const string Import = "md5: 263395583f35403c8e0b1b94b30bea32\nfrozen: true\ndeps:\n- path: get-started/data.xml\n  repo:\n    url: https://github.com/iterative/dataset-registry\n    rev_lock: f31f5c4cdae787b4bdeb97a717687d44667d9e62\nouts:\n- md5: a304afb96060aad90176268345e10355\n  path: data.xml\n";

    [Theory]
    [InlineData("outs:\n- md5: acbd18db4cc2f85cedef654fccc4a4d8\n  size: 3\n  hash: md5\n  path: a\n")]
    [InlineData("outs:\n- md5: acbd18db4cc2f85cedef654fccc4a4d8.dir\n  size: 3\n  nfiles: 2\n  path: data\n  desc: what it is\n  cache: false\n  push: false\n")]
    [InlineData("desc: text\nwdir: ..\nouts:\n- md5: '12345678901234567890123456789012'\n  size: 3\n  isexec: true\n  hash: md5\n  path: a b\nmeta:\n  owner: me\n  n: [1, 2]\n")]
    public void Write_WhatWasRead_IsTheSame(string text)
        => Assert.Equal(text.Replace("n: [1, 2]", "n:\n  - 1\n  - 2", StringComparison.Ordinal), TrackedFile.Write(TrackedFile.Read("sub/x.dvc", Encoding.UTF8.GetBytes(text))));

    [Theory]
    [InlineData("12345678901234567890123456789012")]
    [InlineData("1234567890123456789012345678e012")]
    [InlineData("00000000000000000000000000000001")]
    public void Read_HashThatLooksLikeANumber_StaysText(string hash)
    {
        Stage stage = TrackedFile.Read("x.dvc", Encoding.UTF8.GetBytes($"outs:\n- md5: {hash}\n  path: a\n"));
        Assert.Equal(hash, stage.Outputs[0].Recorded?.Id?.Value);
        Assert.True(stage.Outputs[0].Recorded?.Id?.IsLegacy);
    }

    [Fact]
    public void HashOf_Import_IsDvcs()
    {
        Stage stage = TrackedFile.Read("data/data.xml.dvc", Encoding.UTF8.GetBytes(Import));
        Assert.Equal("263395583f35403c8e0b1b94b30bea32", TrackedFile.HashOf(stage));
        Assert.Equal(Import, TrackedFile.Write(stage));
    }
}
