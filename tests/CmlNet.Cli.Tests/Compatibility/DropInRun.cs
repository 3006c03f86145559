using System.CommandLine;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Cli.Tests.Compatibility;

/// <summary>Runs commands in a directory of their own, as a job would: environment, streams, exit code.</summary>
internal sealed class DropInRun : IDisposable
{
    public const string Sha = "1111111111111111111111111111111111111111";

    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("cml-cli-");

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public string Directory => _directory.FullName;

    /// <summary>Standard input.</summary>
    public string Input { get; set; } = "";

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>A job on a local host.</summary>
    public static DropInRun Local()
    {
        var run = new DropInRun();
        run.Environment["CML_LOCAL_HOST"] = Path.Combine(run.Directory, "host");
        run.Environment["GITHUB_SHA"] = Sha;
        return run;
    }

    /// <summary>A job on GitHub, where repository <c>o/r</c> has pull request 5.</summary>
    public static DropInRun On(FakeGitHub gitHub)
    {
        gitHub.AddRepository("o/r").AddPullRequest(5, Sha);
        gitHub.Tokens["ghs_secret"] = new FakeToken { Login = "github-actions[bot]" };
        var run = new DropInRun();
        foreach ((string name, string value) in new[] { ("GITHUB_SERVER_URL", gitHub.Url), ("GITHUB_API_URL", gitHub.ApiUrl), ("GITHUB_REPOSITORY", "o/r"), ("GITHUB_SHA", Sha), ("CI", "true"), ("GITHUB_TOKEN", "ghs_secret") })
            run.Environment[name] = value;
        return run;
    }

    public string Write(string name, string text)
    {
        string path = Path.Combine(Directory, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void WritePicture(string name) => File.WriteAllBytes(Path.Combine(Directory, name), [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);

    public string Read(string name) => File.ReadAllText(Path.Combine(Directory, name));

    public async Task<int> CmlAsync(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var host = new CliHost
        {
            Out = output,
            Error = error,
            In = new StringReader(Input),
            Environment = Environment,
            WorkingDirectory = Directory,
            Time = TimeProvider.System,
            IsTerminal = false,
        };
        ParseResult parsed = CommandTree.Build(host).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        int exitCode = await UsageFailure.ReportAsync(parsed, host)
            ?? await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error });
        Output = output.ToString();
        Error = error.ToString();
        return exitCode;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
