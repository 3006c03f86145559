using CmlNet.Workflows.Execution.Repository;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Actions.Checkout;

/// <summary>The submodules that a checkout asks for: those of this repository from what of them is on this machine, without network.</summary>
internal sealed class Submodules(StepInvocation invocation, string wanted)
{
    private const string Advice = "run git submodule update --init --recursive in the repository first";

    private readonly bool _recursive = wanted.Equals("recursive", StringComparison.OrdinalIgnoreCase);
    private readonly bool _wanted = wanted.Equals("recursive", StringComparison.OrdinalIgnoreCase) || wanted.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The work tree is copied as it is: they must be in it.</summary>
    /// <exception cref="StepFailedException">One is not.</exception>
    public async Task DemandAsync(string root, CancellationToken cancellationToken)
    {
        if (!_wanted)
            return;
        string files = await new GitProgram(root).AskAsync(["ls-files", "--stage", "-z"], cancellationToken) ?? "";
        foreach (string path in Links(files).Select(link => link.Path))
        {
            string folder = Path.Combine(root, path);
            if (FileKinds.Of(Path.Combine(folder, ".git")) == FileKind.Missing)
                throw new StepFailedException($"The submodule '{Path.GetRelativePath(invocation.Run.Request.RepositoryRoot, folder)}' is not in the work tree: {Advice}.");
            if (_recursive)
                await DemandAsync(folder, cancellationToken);
        }
    }

    /// <summary>Those of a commit of this repository, from clones that the work tree or its repository has.</summary>
    /// <param name="target">The commit, checked out in a folder of ours.</param>
    /// <param name="sha">Which it is.</param>
    /// <param name="workTree">Of the repository on this machine.</param>
    /// <param name="cancellationToken">Stops git.</param>
    public async Task FillAsync(string target, string sha, string workTree, CancellationToken cancellationToken)
    {
        if (_wanted)
            await FillAsync(target, sha, workTree, await ModulesOfAsync(workTree, cancellationToken), cancellationToken);
    }

    /// <summary>Those of another repository, as git fetches them.</summary>
    public async Task UpdateAsync(string target, CancellationToken cancellationToken)
    {
        if (_wanted)
            await GitCheckout.GitAsync(invocation, _recursive ? ["submodule", "update", "--init", "--quiet", "--recursive"] : ["submodule", "update", "--init", "--quiet"], target, cancellationToken);
    }

    private async Task FillAsync(string target, string sha, string workTree, string? modules, CancellationToken cancellationToken)
    {
        var git = new GitProgram(target);
        string tree = await git.AskAsync(["ls-tree", "-r", "-z", "--full-tree", sha], cancellationToken) ?? "";
        Dictionary<string, string> names = await NamesAsync(git, sha, cancellationToken);
        foreach ((string commit, string path) in Links(tree))
        {
            string folder = Path.Combine(target, path);
            LinkFreePath.Demand(target, folder, path);
            string? kept = modules is not null && names.TryGetValue(path, out string? name) && IsName(name) ? Path.Combine(modules, name) : null;
            string inTree = Path.Combine(workTree, path);
            string source = kept is not null && Directory.Exists(kept) ? kept
                : HasClone(workTree, path) ? inTree
                : throw new StepFailedException($"The submodule '{path}' is not on this machine: {Advice}.");
            await GitCheckout.GitAsync(invocation, ["clone", "--quiet", "--no-checkout", "--", source, folder], target, cancellationToken);
            if (await new GitProgram(folder).AskAsync(["cat-file", "-e", commit + "^{commit}"], cancellationToken) is null)
                throw new StepFailedException($"The commit {commit} of the submodule '{path}' is not on this machine: fetch it there (git -C {path} fetch), or check it out with git submodule update --init.");
            await GitCheckout.GitAsync(invocation, ["checkout", "--quiet", "--detach", commit], folder, cancellationToken);
            if (_recursive)
                await FillAsync(folder, commit, inTree, kept is null ? null : Path.Combine(kept, "modules"), cancellationToken);
        }
    }

    /// <summary>Over a link, it would be another repository of this machine.</summary>
    private static bool HasClone(string workTree, string path)
    {
        string folder = Path.Combine(workTree, path);
        LinkFreePath.Demand(workTree, folder, path);
        return FileKinds.Of(Path.Combine(folder, ".git")) != FileKind.Missing;
    }

    private static async Task<string?> ModulesOfAsync(string workTree, CancellationToken cancellationToken) =>
        await new GitProgram(workTree).AskAsync(["rev-parse", "--git-common-dir"], cancellationToken) is { } folder ? Path.Combine(Path.GetFullPath(Path.Combine(workTree, folder)), "modules") : null;

    /// <summary>By path, as the commit's own <c>.gitmodules</c> has them.</summary>
    private static async Task<Dictionary<string, string>> NamesAsync(GitProgram git, string sha, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        string text = await git.AskAsync(["config", "--blob", sha + ":.gitmodules", "--null", "--get-regexp", @"^submodule\..*\.path$"], cancellationToken) ?? "";
        foreach (string entry in text.Split('\0'))
        {
            if (entry.Split('\n', 2) is [var key, var path])
                names[path] = key["submodule.".Length..^".path".Length];
        }
        return names;
    }

    /// <summary>Not out of the folder of modules; git refuses the same.</summary>
    private static bool IsName(string name) => name.Length > 0 && !name.StartsWith('/') && !name.Split('/').Contains("..", StringComparer.Ordinal);

    /// <summary>Entries of mode 160000: <c>mode type sha TAB path</c> of a tree, <c>mode sha stage TAB path</c> of an index.</summary>
    private static IEnumerable<(string Commit, string Path)> Links(string listing)
    {
        foreach (string line in listing.Split('\0'))
        {
            if (line.StartsWith("160000 ", StringComparison.Ordinal) && line.Split('\t', 2) is [var facts, var path])
                yield return (facts.Split(' ').First(fact => fact.Length >= 40), path);
        }
    }
}
