using CmlNet.Workflows.Execution.Commands;
using CmlNet.Workflows.Execution.Files;
using CmlNet.Workflows.Execution.Masking;

namespace CmlNet.Workflows.Execution.Matchers;

/// <summary>The problem matchers of one job: what one step adds is in force until it is removed or the job ends.</summary>
internal sealed class JobMatchers
{
    private const long MaximumFileSize = 1024 * 1024;

    private readonly MatcherFiles _files;
    private readonly MatcherSet _set;
    private Action<string> _warn = _ => { };

    /// <param name="workspace">As the job sees it.</param>
    public JobMatchers(MatcherFiles files, string workspace, SecretMasker masker)
    {
        _files = files;
        _set = new MatcherSet(workspace, relative => files.Find(relative) is not null, masker, message => _warn(message));
    }

    /// <summary>A step begins: half-seen problems are forgotten, warnings go to its log.</summary>
    public void BeginStep(Action<string> warn)
    {
        _warn = warn;
        _set.Reset();
    }

    public MatcherFinding? Match(string line) => _set.Match(line);

    /// <summary>Returns null, or what is wrong; the command then fails the step.</summary>
    public string? Change(MatcherChange change)
    {
        if (change is { IsRemoval: true, Owner: { } owner })
        {
            _set.Remove(owner);
            return null;
        }
        try
        {
            IReadOnlyList<ProblemMatcher> matchers = ProblemMatcherReader.Read(ReadFile(change.File ?? ""));
            if (change.IsRemoval)
                matchers.ToList().ForEach(matcher => _set.Remove(matcher.Owner));
            else
                _set.Add(matchers);
            return null;
        }
        catch (Exception e) when (e is MatcherException or CommandFileException)
        {
            return e.Message;
        }
    }

    private string ReadFile(string path)
    {
        if (_files.Find(path) is not { } host || CommandFileReader.Read(host, MaximumFileSize) is not { } content)
            throw new MatcherException($"There is no problem matcher file '{path}' in the job's directories. Give a path in the workspace that is no link.");
        return content.Text;
    }
}
