using System.CommandLine;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc checkout</c>.</summary>
internal static class CheckoutCommand
{
    public static Command Build(CliHost host)
    {
        var targets = new Argument<string[]>("TARGET") { Description = "Tracked paths, .dvc files or stages (default: all).", Arity = ArgumentArity.ZeroOrMore };
        var force = new Option<bool>("--force", "-f") { Description = "Overwrite what is not saved." };
        var relink = new Option<bool>("--relink") { Description = "Make every link anew." };
        var summary = new Option<bool>("--summary") { Description = "Counts only." };
        var allowMissing = new Option<bool>("--allow-missing") { Description = "Pass over what is not in the cache." };
        var withDeps = new Option<bool>("--with-deps", "-d") { Description = "Stages upstream, too." };
        var recursive = new Option<bool>("--recursive", "-R") { Description = "Everything below the folders." };
        var command = new Command("checkout", "Make the work tree what is recorded, from the cache.") { targets, force, relink, summary, allowMissing, withDeps, recursive };
        command.SetProjectAction(host, (parsed, project, cancellationToken) =>
        {
            var run = new CheckoutRun(project, parsed.GetValue(force), parsed.GetValue(relink), cancellationToken);
            run.Apply(new TargetSelection(parsed.GetValue(targets) ?? []) { IsRecursive = parsed.GetValue(recursive), HasDependencies = parsed.GetValue(withDeps) }.Outputs(host, project, ProjectIndex.Read(project)), removesUntracked: parsed.GetValue(targets) is not { Length: > 0 });
            CheckoutText.Write(host, project, run, parsed.GetValue(summary));
            if (run.Missing.Count > 0 && !parsed.GetValue(allowMissing))
                throw new DvcException($"Checkout failed for following targets:\n{string.Join('\n', run.Missing)}\nIs your cache up to date?\n<https://error.dvc.org/missing-files>");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
