using System.CommandLine;
using CmlNet.Dvc.Data;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc unprotect</c>.</summary>
internal static class UnprotectCommand
{
    public static Command Build(CliHost host)
    {
        var targets = new Argument<string[]>("TARGET") { Description = "Tracked files and folders.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("unprotect", "Turn links into the cache into files that may be written.") { targets };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            foreach (string target in parsed.GetRequiredValue(targets))
                Unprotection.Apply(project, project.RelativeTo(host.WorkingDirectory, target));
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
