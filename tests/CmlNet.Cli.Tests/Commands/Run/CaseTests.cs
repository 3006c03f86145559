using System.Text;
using System.Text.Json.Nodes;
using CmlNet.Testing.Docker;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>Every folder of <c>Cases</c>: a workflow is run and what it left is compared with <c>expected.json</c>.</summary>
public sealed class CaseTests
{
    private static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Commands", "Run", "Cases");

    public static TheoryData<string> Names()
    {
        var names = new TheoryData<string>();
        foreach (string folder in Directory.GetDirectories(Folder).Order(StringComparer.Ordinal))
            names.Add(Path.GetFileName(folder));
        return names;
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task Case_OfFolder_ComesOutAsExpected(string name)
    {
        CmlBinary.Require();
        string folder = Path.Combine(Folder, name);
        CaseExpectation expected = CaseExpectation.Read(Path.Combine(folder, "expected.json"));
        foreach (string engine in expected.Engines)
        {
            if (engine == "docker")
                await DockerFixture.RequireAsync(TestImages.Python3);
            using WorkTree tree = await WorkTree.CreateAsync(Files(folder));
            CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", .. expected.Arguments, .. Image(expected), "--engine", engine], expected.Environment);
            List<string> wrong = [.. Differences(expected, tree, result)];
            Assert.True(wrong.Count == 0, $"{name} on {engine}:\n{string.Join('\n', wrong)}\n\n{result}\n{RunJson(tree)}");
            if (engine == "docker")
                await EngineState.AssertNothingLeftAsync(tree);
        }
    }

    private static string[] Image(CaseExpectation expected) => expected.Image is null ? [] : ["--image", $"ubuntu-latest={expected.Image}"];

    /// <summary>The case's files at their places; <c>workflow.yml</c> becomes the repository's workflow.</summary>
    private static Dictionary<string, string> Files(string folder)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }))
        {
            string relative = Path.GetRelativePath(folder, path);
            if (relative == "workflow.yml")
                files[".github/workflows/test.yml"] = File.ReadAllText(path);
            else if (relative != "expected.json")
                files[relative] = File.ReadAllText(path);
        }
        return files;
    }

    private static IEnumerable<string> Differences(CaseExpectation expected, WorkTree tree, CmlResult result)
    {
        if (result.ExitCode != expected.ExitCode)
            yield return $"expected exit code {expected.ExitCode}, but it is {result.ExitCode}";
        foreach (string text in expected.Prints.Where(text => !(result.Out + result.Error).Contains(text, StringComparison.Ordinal)))
            yield return $"not printed: {text}";
        if (expected.Error is not null && result.Error.TrimEnd('\n') != string.Join('\n', expected.Error))
            yield return "standard error is another";
        foreach (string difference in Traces(result))
            yield return difference;
        foreach (string difference in RunDifferences(expected, tree))
            yield return difference;
        foreach ((string file, IReadOnlyList<string> texts) in expected.Files)
        {
            string path = Path.Combine(tree.LatestRun, file);
            string content = File.Exists(path) ? File.ReadAllText(path) : "";
            foreach (string text in texts.Where(text => !content.Contains(text, StringComparison.Ordinal)))
                yield return $"{file} does not hold '{text}':\n{content[..Math.Min(content.Length, 2000)]}";
        }
        foreach (string hidden in expected.Hidden)
        {
            foreach (string place in Places(hidden, tree, result))
                yield return $"'{hidden}' is in {place}";
        }
    }

    private static IEnumerable<string> Traces(CmlResult result) =>
        new[] { "   at ", "Unhandled exception" }.Where(text => result.Error.Contains(text, StringComparison.Ordinal)).Select(text => $"standard error holds '{text}'");

    private static IEnumerable<string> RunDifferences(CaseExpectation expected, WorkTree tree)
    {
        if (expected.Run is null)
            return [];
        if (!File.Exists(Path.Combine(tree.LatestRun, "report.html")))
            return ["there is no report.html"];
        return JsonPart.Differences(expected.Run, tree.ReadRun(), "run", (path, want, have) => path.EndsWith("].log", StringComparison.Ordinal) && want is JsonArray lines ? LogDifferences(tree, path, lines, have) : null);
    }

    private static IEnumerable<string> LogDifferences(WorkTree tree, string path, JsonArray wanted, JsonNode? log)
    {
        if (log is null)
            return [$"{path}: there is no log"];
        string text = File.ReadAllText(Path.Combine(tree.LatestRun, log.GetValue<string>()));
        using IEnumerator<string> lines = text.Split('\n').AsEnumerable().GetEnumerator();
        foreach (string want in wanted.Select(line => line!.GetValue<string>()))
        {
            bool found = false;
            while (!found && lines.MoveNext())
                found = lines.Current == want;
            if (!found)
                return [$"{path}: no line '{want}' (in this order) in:\n{text}"];
        }
        return [];
    }

    private static IEnumerable<string> Places(string hidden, WorkTree tree, CmlResult result)
    {
        if (result.Out.Contains(hidden, StringComparison.Ordinal))
            yield return "standard output";
        if (result.Error.Contains(hidden, StringComparison.Ordinal))
            yield return "standard error";
        byte[] bytes = Encoding.UTF8.GetBytes(hidden);
        foreach (string file in Directory.EnumerateFiles(tree.LatestRun, "*", SearchOption.AllDirectories))
        {
            if (File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0)
                yield return Path.GetRelativePath(tree.LatestRun, file);
        }
    }

    private static string RunJson(WorkTree tree)
    {
        string path = Path.Combine(tree.LatestRun, "run.json");
        return File.Exists(path) ? File.ReadAllText(path) : "(no run.json)";
    }
}
