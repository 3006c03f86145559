using System.CommandLine;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>How stages are run.</summary>
internal sealed class ReproSettings(bool isExperiment = false)
{
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Run what did not change, too." };
    private readonly Option<bool> _dry = new("--dry") { Description = "Only say what would run." };
    private readonly Option<bool> _noCommit = new("--no-commit") { Description = "Do not put outputs into the cache." };
    private readonly Option<bool> _noRunCache = new("--no-run-cache") { Description = "Run even if it ran on the same inputs before." };
    private readonly Option<bool> _forceDownstream = new("--force-downstream") { Description = "After a stage that ran, run what needs it." };
    private readonly Option<bool> _pull = new("--pull") { Description = "Get missing data from the remote." };
    private readonly Option<bool> _allowMissing = new("--allow-missing") { Description = "Missing data is no reason to run." };
    private readonly Option<bool> _keepGoing = new("--keep-going", "-k") { Description = "After a failure, go on with what does not need it." };
    private readonly Option<bool> _ignoreErrors = new("--ignore-errors") { Description = "After a failure, go on with everything." };
    private readonly Option<int> _jobs = new("--jobs", "-j") { Description = "Stages at once.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _interactive = new("--interactive", "-i") { Description = "Ask before each stage that is to run." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Only what the commands print." };

    public Option<string?> Image { get; } = new("--image") { Description = "Run stages in containers of this image.", HelpName = "IMAGE" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_dry, _noCommit, _noRunCache, _forceDownstream, _pull, _allowMissing, _keepGoing, _ignoreErrors, _interactive, Image])
            command.Add(option);
        // Of an experiment -f and -j say something else.
        if (isExperiment)
            return;
        command.Add(Quiet);
        command.Add(_force);
        command.Add(_jobs);
    }

    /// <summary>Where stages run, and whether each is asked about.</summary>
    public IStageRunner Runner(ParseResult parsed, CliHost host)
    {
        IStageRunner runner = StageRunners.Create(parsed.GetValue(Image));
        return parsed.GetValue(_interactive) ? new ConfirmingRunner(runner, host) : runner;
    }

    public ReproOptions Read(ParseResult parsed, DvcProject project, RemoteStores stores)
    {
        int jobs = isExperiment ? 1 : parsed.GetValue(_jobs);
        if (jobs < 1)
            throw new DvcException($"--jobs must be at least 1, not {jobs}", DvcException.Usage);
        return new ReproOptions
        {
            IsForced = !isExperiment && parsed.GetValue(_force),
            IsDry = parsed.GetValue(_dry),
            SkipsCommit = parsed.GetValue(_noCommit),
            SkipsRunCache = parsed.GetValue(_noRunCache),
            ForcesDownstream = parsed.GetValue(_forceDownstream),
            AllowsMissing = parsed.GetValue(_allowMissing),
            KeepsGoing = parsed.GetValue(_keepGoing),
            IgnoresErrors = parsed.GetValue(_ignoreErrors),
            Jobs = jobs,
            Pull = parsed.GetValue(_pull) ? async (outputs, cancellationToken) => await new RemoteSync(project, stores, null, 4 * Environment.ProcessorCount).FetchAsync(outputs, cancellationToken) : null,
        };
    }
}
