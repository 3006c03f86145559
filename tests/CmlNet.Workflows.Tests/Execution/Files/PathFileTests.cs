using CmlNet.Workflows.Execution.Files;

namespace CmlNet.Workflows.Tests.Execution.Files;

public sealed class PathFileTests
{
    [Fact]
    public void Parse_MixedLineEnds_GivesNonEmptyLines() =>
        Assert.Equal(["/a", "/b c", "/d", "/e"], PathFile.Parse("/a\n\n/b c\r\n/d\r/e"));
}
