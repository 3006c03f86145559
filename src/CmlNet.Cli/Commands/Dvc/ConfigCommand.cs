using System.CommandLine;
using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc config</c>: reads and writes options of one level.</summary>
internal static class ConfigCommand
{
    public static Command Build(CliHost host)
    {
        var level = new LevelOptions();
        var name = new Argument<string?>("NAME") { Description = "section.option, such as core.remote or remote.myremote.url.", Arity = ArgumentArity.ZeroOrOne };
        var value = new Argument<string?>("VALUE") { Description = "What to set.", Arity = ArgumentArity.ZeroOrOne };
        var unset = new Option<bool>("--unset", "-u") { Description = "Take the option out." };
        var list = new Option<bool>("--list", "-l") { Description = "Print every option." };
        var origin = new Option<bool>("--show-origin") { Description = "Say which file each comes from." };
        var command = new Command("config", "Print or set options.") { name, value, unset, list, origin };
        foreach (Option option in level.All)
            command.Add(option);
        command.SetDvcAction(host, (parsed, _) =>
        {
            string folder = level.NeedsProject(parsed) ? DvcProject.Open(host.WorkingDirectory, host.Environment, host.Time).DvcFolder : "/";
            if (parsed.GetValue(list))
            {
                foreach (ConfigFile file in level.Files(parsed, folder, host.Environment))
                    Print(host, file, parsed.GetValue(origin));
                return Task.FromResult(ExitCodes.Success);
            }

            string key = parsed.GetValue(name) ?? throw new DvcException("name argument is required: section.option", DvcException.Usage);
            (string section, string option) = Split(key);
            if (parsed.GetValue(value) is { } text)
            {
                ConfigSchema.Check(section, option, text, DvcConfig.Read(folder, host.Environment));
                ConfigFile file = level.File(parsed, folder, host.Environment);
                file.Set(section, option, text);
                file.Save();
                return Task.FromResult(ExitCodes.Success);
            }

            if (parsed.GetValue(unset))
            {
                ConfigFile file = level.File(parsed, folder, host.Environment);
                if (!file.Unset(section, option))
                    throw new DvcException($"option '{key}' doesn't exist in {file.Path}", DvcException.NotConfigured);
                file.Save();
                return Task.FromResult(ExitCodes.Success);
            }

            foreach (ConfigFile file in level.Files(parsed, folder, host.Environment).Reverse())
            {
                if (file.Sections.GetValueOrDefault(section)?.GetValueOrDefault(option) is { } found)
                {
                    host.Out.Write((parsed.GetValue(origin) ? file.Path + "\t" : "") + found + "\n");
                    return Task.FromResult(ExitCodes.Success);
                }
            }

            throw new DvcException($"option '{key}' doesn't exist", DvcException.NotConfigured);
        });
        return command;
    }

    private static void Print(CliHost host, ConfigFile file, bool withOrigin)
    {
        foreach ((string section, IReadOnlyDictionary<string, string> options) in file.Sections)
        {
            string prefix = section.StartsWith("remote \"", StringComparison.Ordinal) ? $"remote.{section["remote \"".Length..^1]}" : section;
            foreach ((string option, string value) in options)
                host.Out.Write($"{(withOrigin ? file.Path + "\t" : "")}{prefix}.{option}={value}\n");
        }
    }

    private static (string Section, string Option) Split(string key)
    {
        string lower = key.ToLowerInvariant();
        int dot = lower.LastIndexOf('.');
        if (dot <= 0 || dot == lower.Length - 1)
            throw new DvcException($"name argument should look like section.option, not '{key}'", DvcException.Usage);
        string section = lower[..dot];
        return (section.StartsWith("remote.", StringComparison.Ordinal) ? $"remote \"{section["remote.".Length..]}\"" : section, lower[(dot + 1)..]);
    }
}
