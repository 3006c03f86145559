using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>
/// Asks before what changed is recorded, as DVC does: yes, no (which ends the command), or skip. Where nobody answers, as in a script whose standard
/// input is at its end, changed data is recorded, as in DVC 3; a stage whose dependencies or command changed is not, as its outputs may be of before.
/// </summary>
internal sealed class CommitQuestion(CliHost host, DvcProject project)
{
    /// <summary>Whether a stage is to be recorded; false to pass over it.</summary>
    /// <exception cref="DvcException">It is not to be, nor anything after it.</exception>
    public bool MayCommit(Stage stage, StageStatus status, CancellationToken cancellationToken)
    {
        var hasher = new WorkspaceHasher(project);
        string[] dependencies = [.. status.Dependencies.Select(item => item.Key)], outputs = [.. stage.Outputs.Where(output => !StageStatus.IsAsRecorded(output, hasher, cancellationToken)).Select(output => output.Path)];
        bool isStale = stage.Name is not null && (dependencies.Length > 0 || status.Other == "changed command");
        if (!isStale && outputs.Length == 0)
            return true;
        string changed = string.Join(" and ", [.. dependencies.Length > 0 ? (string[])[$"dependencies {Listed(dependencies)}"] : [], .. outputs.Length > 0 ? (string[])[$"outputs {Listed(outputs)}"] : []]);
        string question = $"{(changed.Length > 0 ? changed : "the command")} of '{stage.Address}' changed. Are you sure you want to commit it?";
        while (true)
        {
            host.Error.Write(question + " [y/n/s] ");
            host.Error.Flush();
            string? answer = host.In.ReadLine()?.Trim().ToLowerInvariant();
            if (answer is null)
                host.Error.WriteLine();
            switch (answer)
            {
                case "y" or "yes":
                case null when !isStale:
                    return true;
                case "s" or "skip":
                    return false;
                case null:
                    throw new DvcException($"dependencies or the command of '{stage.Address}' changed since it ran: {string.Join(", ", dependencies.DefaultIfEmpty("the command"))}. Use `-f` to record it all the same, or run it with: dvc repro {stage.Address}");
                case "n" or "no":
                    throw new DvcException($"unable to commit changed '{stage.Address}'. Use `-f|--force` to force.");
                default:
                    host.Error.WriteLine("Answer y (yes), n (no) or s (skip this one).");
                    break;
            }
        }
    }

    private static string Listed(string[] paths) => string.Join(", ", paths.Select(path => $"'{path}'"));
}
