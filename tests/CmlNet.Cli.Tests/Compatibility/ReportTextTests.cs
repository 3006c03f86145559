using System.Text;
using CmlNet.Publishing.CodeHosts.Local;

namespace CmlNet.Cli.Tests.Compatibility;

public sealed class ReportTextTests
{
    public static TheoryData<byte[], string> Encodings => new()
    {
        { [.. Encoding.UTF8.Preamble, .. "# hé\r\n"u8], "# hé\r\n" },
        { [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("# hé 😀\r\n")], "# hé 😀\r\n" },
        { [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes("# hé")], "# hé" },
        { [.. "a\0b"u8], "a\uFFFDb" },
        { [.. "# h"u8, 0xFF, .. "x"u8], "# h\uFFFDx" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Report_AnyEncoding_IsPostedAsText(byte[] content, string expected)
    {
        using DropInRun run = DropInRun.Local();
        await File.WriteAllBytesAsync(Path.Combine(run.Directory, "r.md"), content);
        Assert.Equal(0, await run.CmlAsync("comment", "create", "r.md", "--rm-watermark"));
        Assert.Equal(expected, Assert.Single(LocalHostStore.ReadComments(run.Environment["CML_LOCAL_HOST"])).Body);
        Assert.Equal(content.Contains((byte)0xFF) && expected.Contains('\uFFFD', StringComparison.Ordinal), run.Error.Contains("is not UTF-8 everywhere", StringComparison.Ordinal));
    }
}
