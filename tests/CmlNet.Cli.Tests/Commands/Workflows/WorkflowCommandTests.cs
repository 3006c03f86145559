using System.CommandLine;

namespace CmlNet.Cli.Tests.Commands.Workflows;

public sealed class WorkflowCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cml-workflow").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private void Write(string path, string text)
    {
        string full = Path.Combine(_directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text.ReplaceLineEndings("\n"));
    }

    private async Task<(int ExitCode, string Out, string Error)> RunAsync(string input, params string[] arguments)
    {
        var host = new CliHost
        {
            Out = new StringWriter { NewLine = "\n" },
            Error = new StringWriter { NewLine = "\n" },
            In = new StringReader(input),
            Environment = new Dictionary<string, string>(),
            WorkingDirectory = _directory,
            Time = TimeProvider.System,
            IsTerminal = false,
        };
        int exitCode;
        try
        {
            exitCode = await CommandTree.Build(host).Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = host.Out, Error = host.Error });
        }
        catch (CliException e)
        {
            exitCode = e.ExitCode;
            await host.Error.WriteLineAsync(e.Message);
        }

        return (exitCode, host.Out.ToString()!, host.Error.ToString()!);
    }

    [Fact]
    public async Task Check_OfAllFiles_TellsEveryErrorWithItsPlace()
    {
        Write(".github/workflows/b.yaml", "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - rum: ls\n");
        Write(".github/workflows/a.yml", "on: push\njobs: {a: {runs-on: x, needs: b}, c: {uses: ./.github/workflows/none.yml}}\n");
        Write(".github/workflows/c.yml", "on: push\njobs: {c: {uses: ./.github/workflows/none.yml}, d: {uses: o/r/.github/workflows/x.yml@v1}}\n");
        (int exitCode, string output, string error) = await RunAsync("", "workflow", "check");
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal(
            """
            .github/workflows/a.yml:2:31: Job 'a' depends on unknown job 'b'.
            .github/workflows/b.yaml:6:9: Unexpected value 'rum' (did you mean run?)
            .github/workflows/b.yaml:6:9: There's not enough info to determine what you meant. Add one of these properties: run, shell, uses, with, working-directory
            .github/workflows/c.yml:2:18: Workflow '.github/workflows/none.yml' was not found

            """.ReplaceLineEndings("\n"),
            error);
    }

    [Fact]
    public async Task Check_AsJson_GoesToStandardOutput()
    {
        Write("w.yml", "on: push\njobs: {a: {runs-on: x, steps: [{run: 'a ${{ github.shaa }}'}]}}\n");
        (int exitCode, string output, string error) = await RunAsync("", "workflow", "check", "w.yml", "--json");
        Assert.Equal((2, ""), (exitCode, error));
        Assert.Equal("{\"files\":[\"w.yml\"],\"errors\":[{\"file\":\"w.yml\",\"line\":2,\"column\":38,\"message\":\"'shaa' is not a key of the 'github' context\",\"hint\":\"did you mean github.sha?\"}]}\n", output);
    }

    [Fact]
    public async Task Check_OfWhatOnlyARunRefuses_NotesItAndSucceeds()
    {
        Write("own/action.yml", "runs: { using: docker, image: alpine }");
        Write(".github/workflows/w.yml", """
            on: push
            jobs:
              a:
                runs-on: windows-latest
                steps: [{ uses: ./own }, { uses: acme/act@-x }]
              b:
                runs-on: gpu
                container: { image: x, options: --network host }
                steps: [{ run: ls }]
              c: { runs-on: "${{ matrix.on }}", strategy: { matrix: { on: [gpu] } }, steps: [{ run: ls }] }
            """);
        (int exitCode, string output, string error) = await RunAsync("", "workflow", "check");
        Assert.Equal((0, ""), (exitCode, output));
        string[] lines = error.TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.StartsWith("note: 'cml run' refuses this: .github/workflows/w.yml:", line, StringComparison.Ordinal));
        Assert.Equal(["5:21", "5:38", "8:16"], lines.Select(line => line.Split(".github/workflows/w.yml:")[1].Split(": ")[0]));

        (exitCode, output, _) = await RunAsync("", "workflow", "check", "--json");
        Assert.Equal(0, exitCode);
        Assert.Contains("\"errors\":[],\"refusedByRun\":[{\"file\":\".github/workflows/w.yml\",\"line\":5,", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("on: push\njobs:\n\ta:\n", "w.yml:3:1: While scanning a mapping, found invalid tab as indentation. (indent with spaces)")]
    [InlineData("", "w.yml: Expected a scalar value, a sequence, or a mapping (there is nothing in the file)")]
    [InlineData("# nothing\n", "w.yml: Expected a scalar value, a sequence, or a mapping (there is nothing in the file)")]
    [InlineData("on: push\njobs:\n  a: {runs-on: x, needs: b}\n  b: {runs-on: x, needs: [c, a]}\n  c: {runs-on: x, needs: b}\n", "w.yml:3:3: The workflow must contain at least one job with no dependencies. (each of these needs the next: b, c, b)")]
    public async Task Check_OfWhatIsHardToSee_SaysWhereItIs(string text, string message)
    {
        Write("w.yml", text);
        (int exitCode, _, string error) = await RunAsync("", "workflow", "check", "w.yml");
        Assert.Equal(2, exitCode);
        Assert.Equal(message, error.Split('\n')[0]);
    }

    [Fact]
    public async Task Check_OfNothing_SaysWhatToDo()
    {
        Assert.Equal((2, "", $"There is no workflow file under .github/workflows in {_directory}. Name a file, or run this in the root of a repository.\n"), await RunAsync("", "workflow", "check"));
        (int exitCode, _, string error) = await RunAsync("", "workflow", "check", "none.yml");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("Cannot read the workflow file 'none.yml': ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfAGoodFile_IsSilent()
    {
        Write(".github/workflows/a.yml", "on: push\njobs: {a: {runs-on: x, steps: [{run: ls}]}}\n");
        Assert.Equal((0, "", ""), await RunAsync("", "workflow", "check"));
    }

    [Fact]
    public async Task Eval_ManyLines_AnswersEach()
    {
        (int exitCode, string output, _) = await RunAsync(
            """
            {"id": 1, "expr": "a.b", "contexts": {"a": {"b": [1, "x", null]}}}
            {"id": "two", "expr": "1 / 0", "contexts": null}

            {"expr": "Infinity"}
            {"id": 4, "expr": "env.A == 'b=c' && env.B"}
            {"id": 5, "expr": "env.A", "contexts": {"env": {"A": 1, "B": 2}}}
            {"id": 6, "expr": "format('{0}')"}
            {"id": 7, "expr": ""}
            {"id": 8, "expr": "x.y == 'é' && toJSON(x)", "contexts": {"x": {"y": "É"}}}
            """,
            "workflow", "eval", "--env", "A=b=c", "--env", "B=");
        Assert.Equal(0, exitCode);
        Assert.Equal(
            """
            {"id":1,"kind":"Array","value":[1,"x",null]}
            {"id":"two","error":{"kind":"lexing","message":"Unexpected symbol: '/'. Located at position 3 within expression: 1 / 0"}}
            {"id":null,"kind":"Number","value":"Infinity"}
            {"id":4,"kind":"String","value":""}
            {"id":5,"kind":"String","value":"b=c"}
            {"id":6,"error":{"kind":"evaluation","message":"The following format string references more arguments than were supplied: {0}"}}
            {"id":7,"kind":"Null","value":null}
            {"id":8,"kind":"String","value":"{\n  \"y\": \"É\"\n}"}

            """.ReplaceLineEndings("\n"),
            output);
    }

    [Theory]
    [InlineData("nonsense", "line 1 of the input is not JSON: ")]
    [InlineData("{\"expr\": \"x\", \"contexts\": {\"x\": \"\\ud800\"}}", "line 1 of the input: Cannot read incomplete UTF-16 JSON text")]
    [InlineData("{\"id\": 1}", "line 1 of the input: an object with a string \"expr\" was expected")]
    [InlineData("{\"expr\": \"1\", \"contexts\": []}", "line 1 of the input: \"contexts\" must be an object or null")]
    public async Task Eval_OfABadLine_SaysWhich(string line, string message)
    {
        (int exitCode, _, string error) = await RunAsync(line, "workflow", "eval");
        Assert.Equal(2, exitCode);
        Assert.StartsWith(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parse_FollowsReferences_AndNamesFilesByTheRepository()
    {
        Write("repo/.github/workflows/w.yml", "on: push\njobs:\n  a: {uses: o/r/.github/workflows/x.yml@v1}\n  b: {uses: ./.github/workflows/l.yml}\n");
        Write("repo/.github/workflows/l.yml", "on: workflow_call\njobs: {l: {runs-on: x}}\n");
        Write("refs/o/r/.github/workflows/x.yml@v1", "on: workflow_call\njobs: {x: {runs-on: x}}\n");
        (int exitCode, string output, string error) = await RunAsync("", "workflow", "parse", "repo/.github/workflows/w.yml", "--json", "--include-source", "--workflow-dir", "refs");
        Assert.Equal((0, ""), (exitCode, error));
        using var document = System.Text.Json.JsonDocument.Parse(output);
        Assert.Equal([".github/workflows/w.yml", "o/r/.github/workflows/x.yml@v1", ".github/workflows/l.yml"], document.RootElement.GetProperty("file-table").EnumerateArray().Select(file => file.GetString()));
    }

    [Fact]
    public async Task Parse_OverALimit_IsAnErrorDocument()
    {
        Write("w.yml", "on: push\njobs: {}\n");
        (int exitCode, string output, _) = await RunAsync("", "workflow", "parse", "w.yml", "--json", "--max-file-size", "5");
        Assert.Equal(2, exitCode);
        Assert.Contains("\"Message\": \"w.yml: The maximum file size of 5 characters has been exceeded\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parse_OfAMatrixThatOnlyARunCanJudge_SucceedsAndCheckRefuses()
    {
        string many = string.Join(", ", Enumerable.Range(0, 17));
        Write("w.yml", $"on: push\njobs: {{a: {{runs-on: x, strategy: {{matrix: {{a: [{many}], b: [{many}]}}}}}}}}\n");
        (int exitCode, string output, _) = await RunAsync("", "workflow", "parse", "w.yml", "--json");
        Assert.Equal(0, exitCode);
        Assert.Contains("\"id\": \"a\"", output, StringComparison.Ordinal);
        Assert.Equal((2, "", "w.yml:2:43: The matrix makes more than 256 jobs\n"), await RunAsync("", "workflow", "check", "w.yml"));
    }

    [Fact]
    public async Task Check_OfAFileThatSteersATerminal_SpellsItOut()
    {
        Write("w.yml", "on: push\n\"\\e[2Jx\\ny\\t\": 1\njobs: {a: {runs-on: x}}\n");
        Assert.Equal((2, "", "w.yml:2:1: Unexpected value '\\u001b[2Jx\\ny\\t' (expected one of the keys on, name, description, run-name, defaults, env, permissions, concurrency, jobs)\n"), await RunAsync("", "workflow", "check", "w.yml"));
    }

    [Theory]
    [InlineData("../../../secret.yml")]
    [InlineData("../folder/secret.yml")]
    [InlineData("/etc/passwd")]
    public async Task Check_OfALinkOutOfTheRepository_IsRefused(string target)
    {
        Write("secret.yml", "on: workflow_call\nhidden: word\n");
        Directory.CreateDirectory(Path.Combine(_directory, "repo/.github/workflows"));
        Directory.CreateSymbolicLink(Path.Combine(_directory, "repo/.github/folder"), "../..");
        string link = Path.Combine(_directory, "repo/.github/workflows/l.yml");
        File.CreateSymbolicLink(link, target);
        Write("repo/.github/workflows/w.yml", "on: push\njobs: {a: {uses: ./.github/workflows/l.yml}}\n");
        Assert.Equal((2, "", "repo/.github/workflows/w.yml:2:18: Workflow '.github/workflows/l.yml' was not found\n"), await RunAsync("", "workflow", "check", "repo/.github/workflows/w.yml"));
        Assert.Equal((2, "", "Cannot read the workflow file 'repo/.github/workflows/l.yml': it is a link out of the repository\n"), await RunAsync("", "workflow", "check", "repo/.github/workflows/l.yml"));
        File.Delete(link);
        File.CreateSymbolicLink(link, "real.yaml");
        Write("repo/.github/workflows/real.yaml", "on: workflow_call\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: ls}]}}\n");
        Assert.Equal((0, "", ""), await RunAsync("", "workflow", "check", "repo/.github/workflows/w.yml", "repo/.github/workflows/l.yml"));
    }
}
