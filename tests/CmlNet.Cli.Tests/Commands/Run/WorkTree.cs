using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>A git repository in a temporary folder, one commit on <c>main</c>, its origin on github.com.</summary>
internal sealed class WorkTree : IDisposable
{
    private WorkTree(string root) => Root = root;

    public string Root { get; }

    public string LatestRun => Path.Combine(Root, ".cml", "runs", "latest");

    /// <param name="files">Path to content; all of them are committed.</param>
    /// <param name="remote">URL of origin.</param>
    /// <param name="root">Folder to use; a new temporary one by default.</param>
    public static async Task<WorkTree> CreateAsync(IReadOnlyDictionary<string, string> files, string remote = "https://github.com/acme/wine.git", string? root = null)
    {
        var tree = new WorkTree(root ?? Directory.CreateTempSubdirectory("cml-run-").FullName);
        foreach ((string path, string content) in files)
            tree.Write(path, content);
        await tree.GitAsync("init", "--quiet", "--initial-branch=main");
        await tree.GitAsync("remote", "add", "origin", remote);
        await tree.CommitAsync("Start");
        return tree;
    }

    /// <summary>A tree of one workflow, <c>.github/workflows/test.yml</c>.</summary>
    public static Task<WorkTree> CreateAsync(string workflow, string remote = "https://github.com/acme/wine.git") =>
        CreateAsync(new Dictionary<string, string>(StringComparer.Ordinal) { [".github/workflows/test.yml"] = workflow }, remote);

    public void Write(string path, string content)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    public async Task CommitAsync(string message)
    {
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "--allow-empty", "--message", message);
    }

    public async Task<string> GitAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"git {string.Join(' ', arguments)}: {await error}");
        return output.Trim();
    }

    /// <summary><c>run.json</c> of the latest run.</summary>
    public JsonObject ReadRun(string? directory = null) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(directory ?? LatestRun, "run.json")))!.AsObject();

    /// <summary>The log of a step by its job's and its own name, as it is in the run directory.</summary>
    public string ReadLog(string job, string step, string? directory = null)
    {
        JsonNode found = ReadRun(directory)["jobs"]!.AsArray().Single(j => j!["name"]!.GetValue<string>() == job)!["steps"]!.AsArray().Single(s => s!["name"]!.GetValue<string>() == step)!;
        return File.ReadAllText(Path.Combine(directory ?? LatestRun, found["log"]!.GetValue<string>()));
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
