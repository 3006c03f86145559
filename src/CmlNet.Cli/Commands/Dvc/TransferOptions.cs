using System.CommandLine;
using CmlNet.Dvc.Stages;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>What fetch, pull and push share.</summary>
internal sealed class TransferOptions(string verb)
{
    private readonly Option<string[]> _types = Types();
    private readonly Option<long?> _largest = new("--max-size") { Description = "Only files and folders of at most so many bytes.", HelpName = "BYTES" };

    public Argument<string[]> Targets { get; } = new("TARGET") { Description = "Tracked paths, .dvc files or stages (default: all).", Arity = ArgumentArity.ZeroOrMore };

    public Option<string?> Remote { get; } = new("--remote", "-r") { Description = "Another remote than the default.", HelpName = "NAME" };

    public Option<int?> Jobs { get; } = new("--jobs", "-j") { Description = "Transfers at once.", HelpName = "N" };

    public AllRevisions Revisions { get; } = new();

    public Option<bool> WithDeps { get; } = new("--with-deps", "-d") { Description = "Data of the stages upstream of the targets, too." };

    public Option<bool> Recursive { get; } = new("--recursive", "-R") { Description = "Everything below the folders." };

    public Option<bool> RunCache { get; } = new("--run-cache") { Description = "The history of stage runs, too." };

    public Option<bool> NoRunCache { get; } = new("--no-run-cache") { Description = "As DVC takes it." };

    public Option<bool> Force { get; } = new("--force", "-f") { Description = "Overwrite what is not saved." };

    public Option<bool> AllowMissing { get; } = new("--allow-missing") { Description = "Pass over what cannot be had." };

    public Option<bool> Glob { get; } = new("--glob") { Description = "Targets may have *, ? and **." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Say nothing." };

    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "As DVC takes it." };

    public TargetSelection Selection(ParseResult parsed) => new(parsed.GetValue(Targets) ?? []) { IsRecursive = parsed.GetValue(Recursive), HasDependencies = parsed.GetValue(WithDeps), IsGlob = parsed.GetValue(Glob) };

    /// <summary>Outputs that are meant, by kind and size.</summary>
    public bool IsMeant(ParseResult parsed, Output output) =>
        (parsed.GetValue(_types) is not { Length: > 0 } types || Array.Exists(types, type => output.Kind == (type == "metrics" ? OutputKind.Metrics : OutputKind.Plots)))
        && (parsed.GetValue(_largest) is not { } largest || output.Recorded?.Size is not { } size || size <= largest);

    public IEnumerable<Option> All =>
    [
        Remote, Jobs, .. Revisions.All, WithDeps, Recursive, RunCache, NoRunCache, Quiet, Verbose, AllowMissing, Glob,
        .. verb switch { "pull" => [Force], "fetch" => (Option[])[_types, _largest], _ => [] },
    ];

    private static Option<string[]> Types()
    {
        var types = new Option<string[]>("--type") { Description = "Only metrics, or only plots.", HelpName = "TYPE", DefaultValueFactory = _ => [] };
        types.AcceptOnlyFromAmong("metrics", "plots");
        return types;
    }
}
