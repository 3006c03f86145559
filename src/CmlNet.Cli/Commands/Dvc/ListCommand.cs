using System.CommandLine;
using CmlNet.Dvc.Sources;
using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc list</c>: files of a project, those of git and those of DVC.</summary>
internal static class ListCommand
{
    public static Command Build(CliHost host)
    {
        var url = new Argument<string>("URL") { Description = "A project: a folder, or the address of a repository." };
        var path = new Argument<string?>("PATH") { Description = "Of this folder or file only.", Arity = ArgumentArity.ZeroOrOne };
        var revision = new Option<string?>("--rev") { Description = "At this branch, tag or commit.", HelpName = "REV" };
        var recursive = new Option<bool>("--recursive", "-R") { Description = "With everything below." };
        var dvcOnly = new Option<bool>("--dvc-only") { Description = "Only what DVC tracks." };
        var json = new Option<bool>("--json", "--show-json") { Description = "JSON." };
        var size = new Option<bool>("--size") { Description = "With sizes." };
        var hash = new Option<bool>("--show-hash") { Description = "With hashes." };
        var command = new Command("list", "List a project's files, tracked data included.") { url, path, revision, recursive, dvcOnly, json, size, hash };
        command.Aliases.Add("ls");
        command.SetDvcAction(host, async (parsed, cancellationToken) =>
        {
            await using SourceProject source = await SourceProject.OpenAsync(parsed.GetRequiredValue(url), parsed.GetValue(revision), host.WorkingDirectory, host.Environment, host.Time, cancellationToken);
            IReadOnlyList<ListedFile> files = await source.ListAsync(parsed.GetValue(path)?.Trim('/') ?? "", parsed.GetValue(recursive), parsed.GetValue(dvcOnly), cancellationToken);
            if (parsed.GetValue(json))
            {
                host.WriteJson(DvcValue.Of([.. files.Select(file => file.ToJson(parsed.GetValue(hash)))]));
                return ExitCodes.Success;
            }

            foreach (ListedFile file in files)
                host.Out.Write($"{(parsed.GetValue(size) ? (file.Size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-").PadLeft(10) + "  " : "")}{(parsed.GetValue(hash) ? (file.Hash ?? "-").PadRight(36) + "  " : "")}{file.Path}\n");
            return ExitCodes.Success;
        });
        return command;
    }
}
