using System.CommandLine;
using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc remote add|list|modify|default|remove|rename</c>.</summary>
internal static class RemoteCommand
{
    public static Command Build(CliHost host) => new("remote", "Manage places data is kept at.") { Add(host), List(host), Modify(host), Default(host), Remove(host), Rename(host) };

    private static Command Add(CliHost host)
    {
        var level = new LevelOptions();
        var name = new Argument<string>("NAME") { Description = "A name for it." };
        var url = new Argument<string>("URL") { Description = "A folder, s3://bucket/path, https://…, webdavs://…, ssh://user@host/path." };
        var isDefault = new Option<bool>("--default", "-d") { Description = "Used when no other is named." };
        var force = new Option<bool>("--force", "-f") { Description = "Replace one of that name." };
        Command command = WithLevel(new Command("add", "Add a remote.") { name, url, isDefault, force }, level);
        command.SetDvcAction(host, (parsed, _) =>
        {
            (ConfigFile file, string folder) = Open(host, level, parsed);
            string remote = parsed.GetRequiredValue(name).ToLowerInvariant();
            if (file.Sections.ContainsKey(Section(remote)) && !parsed.GetValue(force))
                throw new DvcException($"remote '{remote}' already exists. Use `-f|--force` to overwrite it.");
            file.RemoveSection(Section(remote));
            file.Set(Section(remote), "url", LevelOptions.Written(parsed.GetRequiredValue(url), host, file, folder != "/"));
            if (parsed.GetValue(isDefault))
            {
                host.Out.Write($"Setting '{remote}' as a default remote.\n");
                file.Set("core", "remote", remote);
            }

            file.Save();
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static Command List(CliHost host)
    {
        var level = new LevelOptions();
        Command command = WithLevel(new Command("list", "List remotes."), level);
        command.SetDvcAction(host, (parsed, _) =>
        {
            DvcProject project = DvcProject.Open(host.WorkingDirectory, host.Environment, host.Time);
            foreach (string name in project.Config.Remotes)
                host.Out.Write($"{name}\t{project.Config.Remote(name)?.GetValueOrDefault("url")}{(name == project.Config.DefaultRemote ? "\t(default)" : "")}\n");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static Command Modify(CliHost host)
    {
        var level = new LevelOptions();
        var name = new Argument<string>("NAME") { Description = "The remote." };
        var option = new Argument<string>("OPTION") { Description = "What to set." };
        var value = new Argument<string?>("VALUE") { Description = "To what.", Arity = ArgumentArity.ZeroOrOne };
        var unset = new Option<bool>("--unset", "-u") { Description = "Take the option out." };
        Command command = WithLevel(new Command("modify", "Change an option of a remote.") { name, option, value, unset }, level);
        command.SetDvcAction(host, (parsed, _) =>
        {
            (ConfigFile file, string folder) = Open(host, level, parsed);
            string remote = Known(host, parsed.GetRequiredValue(name)), key = parsed.GetRequiredValue(option).ToLowerInvariant();
            if (parsed.GetValue(unset))
            {
                if (!file.Unset(Section(remote), key))
                    throw new DvcException($"option '{key}' of remote '{remote}' is not set in {file.Path}", DvcException.NotConfigured);
            }
            else
            {
                string text = parsed.GetValue(value) ?? throw new DvcException("give a value, or --unset", DvcException.Usage);
                ConfigSchema.Check(Section(remote), key, text, DvcConfig.Read(folder, host.Environment));
                file.Set(Section(remote), key, key == "url" ? LevelOptions.Written(text, host, file, folder != "/") : text);
            }

            file.Save();
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static Command Default(CliHost host)
    {
        var level = new LevelOptions();
        var name = new Argument<string?>("NAME") { Description = "The remote; without, prints the default.", Arity = ArgumentArity.ZeroOrOne };
        var unset = new Option<bool>("--unset", "-u") { Description = "Have none." };
        Command command = WithLevel(new Command("default", "Print or set the default remote.") { name, unset }, level);
        command.SetDvcAction(host, (parsed, _) =>
        {
            ConfigFile file = Open(host, level, parsed).File;
            if (parsed.GetValue(unset))
            {
                file.Unset("core", "remote");
            }
            else if (parsed.GetValue(name) is { } remote)
            {
                file.Set("core", "remote", Known(host, remote));
            }
            else
            {
                host.Out.Write((DvcProject.Open(host.WorkingDirectory, host.Environment, host.Time).Config.DefaultRemote ?? "No default remote set") + "\n");
                return Task.FromResult(ExitCodes.Success);
            }

            file.Save();
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static Command Remove(CliHost host)
    {
        var level = new LevelOptions();
        var name = new Argument<string>("NAME") { Description = "The remote." };
        Command command = WithLevel(new Command("remove", "Remove a remote.") { name }, level);
        command.SetDvcAction(host, (parsed, _) =>
        {
            (ConfigFile file, string folder) = Open(host, level, parsed);
            string remote = parsed.GetRequiredValue(name).ToLowerInvariant();
            if (!file.RemoveSection(Section(remote)))
                throw new DvcException($"remote '{remote}' doesn't exist in {file.Path}");
            file.Save();
            foreach (ConfigLevel one in Enum.GetValues<ConfigLevel>())
            {
                ConfigFile other = DvcConfig.FileOf(one, folder, host.Environment);
                if (other.Sections.GetValueOrDefault("core")?.GetValueOrDefault("remote")?.Equals(remote, StringComparison.OrdinalIgnoreCase) == true && other.Unset("core", "remote"))
                    other.Save();
                // Without its url, secrets of it that lie elsewhere are no remote any more.
                if (one == ConfigLevel.Local && level.IsDefault(parsed) && other.RemoveSection(Section(remote)))
                    other.Save();
            }

            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static Command Rename(CliHost host)
    {
        var level = new LevelOptions();
        var name = new Argument<string>("NAME") { Description = "The remote." };
        var other = new Argument<string>("NEW") { Description = "Its new name." };
        Command command = WithLevel(new Command("rename", "Rename a remote.") { name, other }, level);
        command.SetDvcAction(host, (parsed, _) =>
        {
            ConfigFile file = Open(host, level, parsed).File;
            string remote = Known(host, parsed.GetRequiredValue(name)), renamed = parsed.GetRequiredValue(other).ToLowerInvariant();
            if (file.Sections.ContainsKey(Section(renamed)))
                throw new DvcException($"remote '{renamed}' already exists");
            file.RenameSection(Section(remote), Section(renamed));
            if (file.Sections.GetValueOrDefault("core")?.GetValueOrDefault("remote") == remote)
                file.Set("core", "remote", renamed);
            file.Save();
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static Command WithLevel(Command command, LevelOptions level)
    {
        foreach (Option option in level.All)
            command.Add(option);
        return command;
    }

    private static (ConfigFile File, string Folder) Open(CliHost host, LevelOptions level, ParseResult parsed)
    {
        string folder = level.NeedsProject(parsed) ? DvcProject.Open(host.WorkingDirectory, host.Environment, host.Time).DvcFolder : "/";
        return (level.File(parsed, folder, host.Environment), folder);
    }

    private static string Known(CliHost host, string name)
    {
        DvcConfig config = DvcProject.Open(host.WorkingDirectory, host.Environment, host.Time).Config;
        return config.Remote(name) is not null ? name.ToLowerInvariant() : throw new DvcException($"remote '{name}' doesn't exist. Known: {(config.Remotes.Count == 0 ? "none" : string.Join(", ", config.Remotes))}.");
    }

    private static string Section(string name) => $"remote \"{name.ToLowerInvariant()}\"";
}
