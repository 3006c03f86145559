using System.CommandLine;
using CmlNet.Dvc.Experiments;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary><c>dvc exp list</c>.</summary>
internal static class ExpListCommand
{
    public static Command Build(CliHost host)
    {
        var remote = new Argument<string?>("GIT_REMOTE") { Description = "Experiments there.", Arity = ArgumentArity.ZeroOrOne };
        var onlyNames = new Option<bool>("--name-only", "--names-only") { Description = "Names only." };
        var onlyHashes = new Option<bool>("--sha-only") { Description = "Hashes of their commits only." };
        var baselines = new ExpBaselines();
        var command = new Command("list", "List experiments.") { remote, onlyNames, onlyHashes };
        baselines.AddTo(command);
        command.Aliases.Add("ls");
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            var references = new ExperimentReferences(project);
            IReadOnlyList<Experiment> found = baselines.Of(parsed.GetValue(remote) is { } name ? references.AllAt(name) : references.All(), parsed, project, references);
            bool isPlain = parsed.GetValue(onlyNames) || parsed.GetValue(onlyHashes);
            foreach (IGrouping<string, Experiment> group in found.GroupBy(experiment => experiment.Baseline, StringComparer.Ordinal))
            {
                if (!isPlain)
                    host.Out.Write((group.Key == project.Repository?.Commit("HEAD") && project.Repository.Branch() is { } branch ? branch : group.Key[..7]) + ":\n");
                foreach (Experiment experiment in group)
                    host.Out.Write(parsed.GetValue(onlyHashes) ? experiment.Commit + "\n" : isPlain ? experiment.Name + "\n" : $"\t{experiment.Commit[..7]} [{experiment.Name}]\n");
            }

            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
