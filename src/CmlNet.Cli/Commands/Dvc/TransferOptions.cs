using System.CommandLine;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>What fetch, pull and push share.</summary>
internal sealed class TransferOptions(bool isPull)
{
    public Argument<string[]> Targets { get; } = new("TARGET") { Description = "Tracked paths, .dvc files or stages (default: all).", Arity = ArgumentArity.ZeroOrMore };

    public Option<string?> Remote { get; } = new("--remote", "-r") { Description = "Another remote than the default.", HelpName = "NAME" };

    public Option<int?> Jobs { get; } = new("--jobs", "-j") { Description = "Transfers at once.", HelpName = "N" };

    public Option<bool> AllBranches { get; } = new("--all-branches", "-a") { Description = "Data of every branch." };

    public Option<bool> AllTags { get; } = new("--all-tags", "-T") { Description = "Data of every tag." };

    public Option<bool> AllCommits { get; } = new("--all-commits", "-A") { Description = "Data of every commit." };

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

    public IEnumerable<Option> All => isPull
        ? [Remote, Jobs, AllBranches, AllTags, AllCommits, WithDeps, Recursive, RunCache, NoRunCache, Glob, Quiet, Verbose, Force, AllowMissing]
        : [Remote, Jobs, AllBranches, AllTags, AllCommits, WithDeps, Recursive, RunCache, NoRunCache, Glob, Quiet, Verbose, AllowMissing];
}
