using System.CommandLine;
using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc cache dir</c>: prints or sets where the cache is.</summary>
internal static class CacheCommand
{
    public static Command Build(CliHost host) => new("cache", "Say where the cache is.") { Dir(host) };

    private static Command Dir(CliHost host)
    {
        var level = new LevelOptions();
        var value = new Argument<string?>("FOLDER") { Description = "Where it is to be; without, prints where it is.", Arity = ArgumentArity.ZeroOrOne };
        var unset = new Option<bool>("--unset", "-u") { Description = "Where it is without being told: .dvc/cache." };
        var command = new Command("dir", "Print or set the cache's folder.") { value, unset };
        foreach (Option option in level.All)
            command.Add(option);
        command.SetDvcAction(host, (parsed, _) =>
        {
            DvcProject? project = level.NeedsProject(parsed) ? DvcProject.Open(host.WorkingDirectory, host.Environment, host.Time) : null;
            if (parsed.GetValue(value) is null && !parsed.GetValue(unset))
            {
                host.Out.Write((project ?? DvcProject.Open(host.WorkingDirectory, host.Environment, host.Time)).Cache.Root + "\n");
                return Task.FromResult(ExitCodes.Success);
            }

            ConfigFile file = level.File(parsed, project?.DvcFolder ?? "/", host.Environment);
            if (parsed.GetValue(value) is { } folder)
                file.Set("cache", "dir", LevelOptions.Written(folder, host, file, isOfProject: project is not null));
            else if (!file.Unset("cache", "dir"))
                throw new DvcException($"option 'cache.dir' doesn't exist in {file.Path}", DvcException.NotConfigured);
            file.Save();
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
