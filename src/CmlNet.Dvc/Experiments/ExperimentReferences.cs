using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Dvc.Experiments;

/// <summary>Experiments of a repository, kept where DVC keeps them.</summary>
public sealed class ExperimentReferences(DvcProject project)
{
    private GitRepository Repository => project.Repository ?? throw new DvcException("experiments need a git repository");

    /// <summary>The commit that the work tree is at.</summary>
    /// <exception cref="DvcException">There is none yet.</exception>
    public string Head => Repository.Commit("HEAD") ?? throw new DvcException("experiments need a commit to start from; make one with: git commit");

    /// <summary>Every experiment, by baseline and name.</summary>
    public IReadOnlyList<Experiment> All()
    {
        var experiments = new List<Experiment>();
        foreach (string line in Repository.Output("for-each-ref", "--format=%(objectname) %(refname)", "refs/exps")?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (Parse(line) is { } experiment)
                experiments.Add(experiment);
        }

        return experiments;
    }

    /// <summary>Every experiment of a git remote.</summary>
    /// <exception cref="DvcException">It cannot be asked.</exception>
    public IReadOnlyList<Experiment> AllAt(string remote)
    {
        CheckRemote(remote);
        string lines = Repository.Output("ls-remote", "--refs", "--", remote, "refs/exps/*") ?? throw new DvcException($"the git remote '{remote}' cannot be asked; is it there, and may you read it?");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Parse(line.Replace('\t', ' '))).OfType<Experiment>()];
    }

    /// <summary>Sends references to a git remote, or gets them.</summary>
    /// <exception cref="DvcException">git refuses: there may be others of the same name.</exception>
    public void Transfer(string remote, IReadOnlyList<string> references, bool isPush) => Transfer(remote, references, isPush ? ["push"] : ["fetch"], isPush);

    private void Transfer(string remote, IReadOnlyList<string> references, string[] command, bool isPush)
    {
        CheckRemote(remote);
        if (Repository.Output([.. command, "--quiet", "--", remote, .. references]) is null)
            throw new DvcException($"git could not {(isPush ? "push to" : "fetch from")} '{remote}': it cannot be reached, or has other experiments of the same name. Replace those with `--force`.");
    }

    /// <summary>Those of one baseline.</summary>
    public IReadOnlyList<Experiment> Of(string baseline) => [.. All().Where(experiment => experiment.Baseline == baseline)];

    /// <summary>By name (on HEAD first), or by the beginning of its hash.</summary>
    /// <exception cref="DvcException">None, or several on other baselines.</exception>
    public Experiment Find(string name) => Find(name, All());

    /// <summary>The same among some.</summary>
    /// <exception cref="DvcException">None, or several on other baselines.</exception>
    public Experiment Find(string name, IReadOnlyList<Experiment> all)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(all);
        string? head = Repository.Commit("HEAD");
        List<Experiment> found = [.. all.Where(experiment => experiment.Name == name || experiment.Reference == name || (name.Length >= 7 && experiment.Commit.StartsWith(name, StringComparison.Ordinal)))];
        if (found.Count > 1 && found.Exists(experiment => experiment.Baseline == head))
            found.RemoveAll(experiment => experiment.Baseline != head);
        return found switch
        {
            [var one] => one,
            [] => throw new DvcException($"'{name}' is not a valid experiment name. {(all.Count == 0 ? "There are none." : $"Known: {string.Join(", ", all.Select(experiment => experiment.Name).Distinct(StringComparer.Ordinal).Take(20))}.")}"),
            _ => throw new DvcException($"Ambiguous experiment name '{name}' refers to multiple experiments. Use full refname: {string.Join(", ", found.Select(experiment => experiment.Reference))}"),
        };
    }

    /// <summary>Points a name at a commit.</summary>
    /// <exception cref="DvcException">The name cannot be used, or is taken.</exception>
    public Experiment Set(string baseline, string name, string commit, bool isForced)
    {
        Check(name);
        var experiment = new Experiment(name, commit, baseline);
        if (!isForced && Repository.Commit(experiment.Reference) is { } other && other != commit)
            throw new DvcException($"Experiment '{name}' already exists on {baseline[..7]}. To overwrite it use `--force`.");
        if (Repository.Output("update-ref", experiment.Reference, commit) is null)
            throw new DvcException($"git cannot write {experiment.Reference}");
        return experiment;
    }

    /// <summary>Gives an experiment of a git remote another name there, in one step.</summary>
    /// <exception cref="DvcException">The name cannot be used or is taken, or git refuses.</exception>
    public void RenameAt(string remote, Experiment experiment, string name, bool isForced)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        Check(name);
        string renamed = Experiment.ReferenceOf(experiment.Baseline, name);
        if (!isForced && AllAt(remote).Any(other => other.Reference == renamed))
            throw new DvcException($"Experiment '{name}' already exists on {experiment.Baseline[..7]} at '{remote}'. To overwrite it use `--force`.");
        // Its commit may be nowhere but there.
        Transfer(remote, [experiment.Reference], isPush: false);
        Transfer(remote, [$"{(isForced ? "+" : "")}{experiment.Commit}:{renamed}", ":" + experiment.Reference], ["push", "--atomic"], isPush: true);
    }

    /// <summary>Forgets one; its commit stays until git collects it.</summary>
    public void Remove(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        _ = Repository.Output("update-ref", "-d", experiment.Reference, experiment.Commit) ?? throw new DvcException($"git cannot delete {experiment.Reference}");
    }

    /// <exception cref="DvcException">The name is none for git.</exception>
    public void Check(string name)
    {
        if (name.Length == 0 || name.StartsWith('-') || name.Contains('/', StringComparison.Ordinal) || Repository.Output("check-ref-format", "refs/exps/aa/bb/" + name) is null)
            throw new DvcException($"'{name}' cannot be the name of an experiment: letters, digits, '-', '_' and '.' can");
    }

    private static void CheckRemote(string remote)
    {
        if (remote.StartsWith('-') || remote.Contains("::", StringComparison.Ordinal))
            throw new DvcException($"'{remote}' is no git remote");
    }

    // refs/exps/stash, celery, apply and exec are DVC's own.
    private static Experiment? Parse(string line)
    {
        int space = line.IndexOf(' ', StringComparison.Ordinal);
        return line[(space + 1)..].Split('/') is ["refs", "exps", { Length: 2 } start, { Length: 38 } rest, var name] && (start + rest).All(char.IsAsciiHexDigit) ? new Experiment(name, line[..space], start + rest) : null;
    }
}
