using System.CommandLine;
using System.Diagnostics;
using CmlNet.Testing.Gitea;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;
using CmlNet.Testing.GitLab;

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

    /// <summary>A job on GitLab, where project <c>g/s/r</c> has merge request 5.</summary>
    public static DropInRun On(FakeGitLab gitLab)
    {
        GitLabProject project = gitLab.AddProject("g/s/r");
        project.AddMergeRequest(5, Sha);
        project.Commits.Add(Sha);
        gitLab.Tokens["glpat-secret"] = "olivaw";
        var run = new DropInRun();
        foreach ((string name, string value) in new[] { ("CI_PROJECT_URL", gitLab.Url + "/g/s/r"), ("CI_API_V4_URL", gitLab.Url + "/api/v4"), ("CI_COMMIT_SHA", Sha), ("CI_COMMIT_REF_NAME", "main"), ("CI", "true"), ("GITLAB_TOKEN", "glpat-secret") })
            run.Environment[name] = value;
        return run;
    }

    /// <summary>A job of Forgejo's Actions, where repository <c>o/r</c> has pull request 5.</summary>
    public static DropInRun On(FakeGitea gitea)
    {
        GiteaRepository repository = gitea.AddRepository("o", "r");
        repository.AddPullRequest(5, Sha);
        repository.Commits.Add(Sha);
        gitea.Tokens["forgejo-secret"] = "olivaw";
        var run = new DropInRun();
        foreach ((string name, string value) in new[] { ("FORGEJO_ACTIONS", "true"), ("FORGEJO_SERVER_URL", gitea.Url), ("FORGEJO_API_URL", gitea.Url + "/api/v1"), ("FORGEJO_REPOSITORY", "o/r"), ("FORGEJO_SHA", Sha), ("FORGEJO_REF", "refs/heads/main"), ("CI", "true"), ("FORGEJO_TOKEN", "forgejo-secret") })
            run.Environment[name] = value;
        return run;
    }

    /// <summary>Makes the directory a clone of what an address serves, pushed to a bare repository beside it.</summary>
    /// <returns>The bare repository.</returns>
    public string MakeClone(string address)
    {
        string bare = Path.Combine(Directory, ".git", "bare");
        Git("init", "--initial-branch=main", ".");
        Git("-c", "user.name=mona", "-c", "user.email=m@example.com", "commit", "--allow-empty", "-m", "first");
        Git("init", "--bare", bare);
        Git("-C", bare, "config", "http.receivepack", "true");
        Git("push", bare, "HEAD:main");
        Git("remote", "add", "origin", address);
        return bare;
    }

    public string Git(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Directory, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!; // git is there
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Trim();
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
        ParseResult parsed = CommandTree.Parse(host, args);
        int exitCode = await UsageFailure.ReportAsync(parsed, host)
            ?? await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error });
        Output = output.ToString();
        Error = error.ToString();
        return exitCode;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
