using System.CommandLine;
using System.Runtime.InteropServices;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc root</c> and <c>dvc version</c>, which scripts ask before anything else.</summary>
internal static class ProjectCommands
{
    public static Command Root(CliHost host)
    {
        var command = new Command("root", "Print the way to the project's folder.");
        command.SetDvcAction(host, (_, _) =>
        {
            DvcProject project = DvcProject.Open(host.WorkingDirectory, host.Environment, host.Time);
            host.Out.Write(Path.GetRelativePath(host.WorkingDirectory, project.Root) + "\n");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    public static Command Version(CliHost host)
    {
        var command = new Command("version", "Print the version, and how this project keeps its data.");
        command.Aliases.Add("doctor");
        command.SetDvcAction(host, (_, _) =>
        {
            host.Out.Write($"cml {CmlVersion.Text}, which speaks DVC 3\nPlatform: {RuntimeInformation.RuntimeIdentifier}\n");
            if (Find(host) is { } project)
            {
                host.Out.Write($"Cache: {project.Cache.Root}\nCache types: {string.Join(", ", project.Config.LinkTypes).ToLowerInvariant()}\nRemotes: {(project.Config.Remotes.Count == 0 ? "None" : string.Join(", ", project.Config.Remotes))}\n");
                host.Out.Write($"Repo: {(project.Config.IsWithoutGit ? "dvc (no_scm)" : project.Repository is null ? "dvc" : "dvc, git")}\n");
            }

            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static DvcProject? Find(CliHost host)
    {
        try
        {
            return DvcProject.Open(host.WorkingDirectory, host.Environment, host.Time);
        }
        catch (DvcException e) when (e.ExitCode == DvcException.NotAProject)
        {
            return null; // the version can be asked for anywhere
        }
    }
}
