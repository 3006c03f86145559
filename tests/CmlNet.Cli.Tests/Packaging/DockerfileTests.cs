using System.Globalization;

namespace CmlNet.Cli.Tests.Packaging;

/// <summary>Builds the image from a local base without a network, and runs it.</summary>
public sealed class DockerfileTests(BuiltImage image) : IClassFixture<BuiltImage>
{
    [SkippableFact]
    public async Task Image_Version_IsTheBinarys()
    {
        Skip.If(image.Missing is not null, image.Missing);
        ProcessResult inside = await image.RunAsync(["--version"]);
        ProcessResult outside = await ProcessResult.OfAsync(image.Binary, ["--version"]);
        Assert.Equal((0, outside.Output), (inside.ExitCode, inside.Output));
    }

    [SkippableFact]
    public async Task Image_LegacyNames_ReachTheSameBinary()
    {
        Skip.If(image.Missing is not null, image.Missing);
        const string Script = "for name in cml cml-publish cml-send-comment cml-send-github-check cml-pr cml-runner cml-tensorboard-dev; do readlink -f \"$(command -v $name)\" || echo missing $name; done | sort -u";
        ProcessResult result = await image.RunAsync(["-c", Script], "--entrypoint", "sh");
        Assert.Equal("/usr/local/bin/cml\n", result.Output);
    }

    [SkippableFact]
    public async Task Image_User_IsNotRootAndCannotWriteTheBinary()
    {
        Skip.If(image.Missing is not null, image.Missing);
        ProcessResult result = await image.RunAsync(["-c", "id -u; id -un; test -w /usr/local/bin/cml || echo read-only"], "--entrypoint", "sh");
        Assert.Equal("10001\ncml\nread-only\n", result.Output);
    }

    [SkippableFact]
    public async Task Image_Report_DrawsPngCharts()
    {
        Skip.If(image.Missing is not null, image.Missing);
        string predictions = string.Join("\n", Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "cat" : "dog")},{(i % 5 == 0 ? "dog" : "cat")}")));
        string script = $"printf 'actual,predicted\\n{predictions.ReplaceLineEndings("\\n")}\\n' > predictions.csv && cml report --predictions predictions.csv --actual actual --predicted predicted --out report.md >&2 && find . -name '*.png' | head -n 1 | xargs head -c 8 | od -An -tx1";
        ProcessResult result = await image.RunAsync(["-c", script], "--entrypoint", "sh");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("89 50 4e 47 0d 0a 1a 0a", result.Output.Trim());
    }
}
