using System.Diagnostics;
using CmlNet.Dvc.Ignoring;

namespace CmlNet.Dvc.Tests.Ignoring;

public sealed class IgnoreRulesTests : IDisposable
{
    private static readonly string[] Paths = ["a", "a.txt", "b/a.txt", "b/c/a.txt", "b/c/d/e", "keep.txt", "b/keep.txt", "x[1]", "foo/bar/baz", "deep/foo/bar", "build/out", "src/build/out", "!odd", "#odd", "a b", "abc", "axc", "a/c"];

    private readonly string _folder = Directory.CreateTempSubdirectory("cml-ignore-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("*.txt\n!keep.txt")]
    [InlineData("b/**/a.txt")]
    [InlineData("**/a.txt")]
    [InlineData("foo/**")]
    [InlineData("foo/bar")]
    [InlineData("build/")]
    [InlineData("/build/")]
    [InlineData("\\!odd\n\\#odd")]
    [InlineData("a?c")]
    [InlineData("a[!x]c")]
    [InlineData("x\\[1\\]")]
    [InlineData("b\n!b/keep.txt")]
    [InlineData("*/a.txt")]
    [InlineData("a b")]
    [InlineData("# comment\n\n[a-b].txt")]
    public void IsIgnored_AnyPattern_IsWhatGitSays(string patterns)
    {
        File.WriteAllText(Path.Combine(_folder, ".gitignore"), patterns + "\n");
        Git("init", "-q", ".");
        var rules = new IgnoreRules(_folder, ".gitignore", []);
        string ignored = Git(["check-ignore", "--no-index", .. Paths]);
        HashSet<string> expected = [.. ignored.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(Paths.Where(expected.Contains), Paths.Where(path => rules.IsIgnored(path, isFolder: false)));
        Assert.Equal(Paths.Where(expected.Contains), Paths.Where(path => rules.In(Path.GetDirectoryName(path)!).IsIgnored(Path.GetFileName(path), isFolder: false)));
    }

    [Fact]
    public void IsIgnored_NestedFile_HoldsBelowItsFolder()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "b"));
        File.WriteAllText(Path.Combine(_folder, ".dvcignore"), "*.tmp\n");
        File.WriteAllText(Path.Combine(_folder, "b", ".dvcignore"), "!x.tmp\n/only\n");
        IgnoreRules rules = IgnoreRules.OfDvc(_folder);
        Assert.Equal((true, false, true, false), (rules.IsIgnored("x.tmp", false), rules.IsIgnored("b/x.tmp", false), rules.IsIgnored("b/only", false), rules.IsIgnored("only", false)));
        Assert.True(rules.IsIgnored("sub/.git/config", isFolder: false));
    }

    private string Git(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, UseShellExecute = false })!; // only null when a process is reused
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
