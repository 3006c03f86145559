using System.Diagnostics;

namespace CmlNet.Publishing.Tests.PullRequests;

/// <summary>A repository on the fake GitHub with a clone of it in the scene's directory, pushed and pulled over HTTP by git itself.</summary>
internal sealed class Clone : IAsyncDisposable
{
    private readonly TemporaryDirectory _bare = new();

    private Clone(Scene scene) => Scene = scene;

    public Scene Scene { get; }

    public string Sha { get; private set; } = "";

    public static async Task<Clone> OpenAsync()
    {
        Scene scene = await Scene.OpenAsync();
        var clone = new Clone(scene);
        Git(clone._bare.Path, "init", "--bare", "--initial-branch=main", ".");
        Git(clone._bare.Path, "config", "http.receivepack", "true");
        Git(scene.Directory, "init", "--initial-branch=main", ".");
        Git(scene.Directory, "config", "user.name", "mona");
        Git(scene.Directory, "config", "user.email", "mona@example.com");
        scene.Write("metrics.json", "{}");
        scene.Write("old.csv", "1");
        scene.Write("src/train.py", "pass");
        Git(scene.Directory, "add", ".");
        Git(scene.Directory, "commit", "-m", "first");
        Git(scene.Directory, "push", clone._bare.Path, "main");
        Git(scene.Directory, "remote", "add", "origin", $"{scene.GitHub.Url}/octocat/iris.git");
        clone.Sha = Git(scene.Directory, "rev-parse", "HEAD");
        scene.Repository.BareDirectory = clone._bare.Path;
        scene.Set("GITHUB_SHA", clone.Sha);
        scene.Set("GITHUB_REF", "refs/heads/main");
        return clone;
    }

    public string Local(params string[] arguments) => Git(Scene.Directory, arguments);

    public string Remote(params string[] arguments) => Git(_bare.Path, arguments);

    public async ValueTask DisposeAsync()
    {
        await Scene.DisposeAsync();
        _bare.Dispose();
    }

    private static string Git(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = directory, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"git {string.Join(' ', arguments)}: {error.GetAwaiter().GetResult()}");
        return output.TrimEnd('\n');
    }
}
