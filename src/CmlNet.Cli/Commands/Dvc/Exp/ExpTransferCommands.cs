using System.CommandLine;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary><c>dvc exp push</c> and <c>pull</c>: the references through git, then their data.</summary>
internal static class ExpTransferCommands
{
    public static Command Push(CliHost host) => Build(host, "push", "Send experiments to a git remote, and their data to the data remote.", isPush: true);

    public static Command Pull(CliHost host) => Build(host, "pull", "Get experiments from a git remote, and their data from the data remote.", isPush: false);

    private static Command Build(CliHost host, string verb, string description, bool isPush)
    {
        var gitRemote = new Argument<string>("GIT_REMOTE") { Description = "Such as origin." };
        var names = new Argument<string[]>("EXPERIMENT") { Description = "Names (default: those of HEAD).", Arity = ArgumentArity.ZeroOrMore };
        var baselines = new ExpBaselines();
        var force = new Option<bool>("--force", "-f") { Description = "Replace those of the same name." };
        var noCache = new Option<bool>("--no-cache") { Description = "Without their data." };
        var remote = new Option<string?>("--remote", "-r") { Description = "Data remote.", HelpName = "NAME" };
        var jobs = new Option<int?>("--jobs", "-j") { Description = "Transfers at once.", HelpName = "N" };
        var runCache = new Option<bool>("--run-cache") { Description = "The history of stage runs, too." };
        var command = new Command(verb, description) { gitRemote, names, force, noCache, remote, jobs, runCache };
        baselines.AddTo(command);
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            var references = new ExperimentReferences(project);
            string where = parsed.GetRequiredValue(gitRemote);
            IReadOnlyList<Experiment> source = isPush ? references.All() : references.AllAt(where);
            string[] wanted = parsed.GetValue(names) ?? [];
            IReadOnlyList<Experiment> meant = wanted.Length > 0 ? [.. source.Where(experiment => wanted.Contains(experiment.Name, StringComparer.Ordinal) || wanted.Contains(experiment.Reference, StringComparer.Ordinal))] : baselines.Of(source, parsed, project, references);
            if (wanted.FirstOrDefault(name => meant.All(experiment => experiment.Name != name && experiment.Reference != name)) is { } unknown)
                throw new DvcException($"'{unknown}' is not a valid experiment name{(isPush ? "" : $" at '{where}'")}");
            if (meant.Count == 0)
            {
                host.Out.Write($"No experiments to {verb}.\n");
                return ExitCodes.Success;
            }

            var transfer = new ExperimentTransfer(project, line => host.Out.Write(line + "\n"), line => host.Error.Write(line + "\n"));
            transfer.SendReferences(where, meant, parsed.GetValue(force), isPush);
            if (!parsed.GetValue(noCache) && (parsed.GetValue(remote) ?? project.Config.DefaultRemote) is { } store)
                await transfer.SendDataAsync(meant, store, parsed.GetValue(jobs) ?? 4 * Environment.ProcessorCount, isPush, parsed.GetValue(runCache), cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }
}
