using System.CommandLine;
using CmlNet.Dvc.Project;
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
        var tree = new Option<bool>("--tree", "-T") { Description = "As a tree." };
        var level = new Option<int?>("--level", "-L") { Description = "With --tree: so many folders deep.", HelpName = "N" };
        var settings = new SourceOptions();
        var command = new Command("list", "List a project's files, tracked data included.") { url, path, revision, recursive, dvcOnly, json, size, hash, tree, level };
        settings.AddTo(command);
        command.Aliases.Add("ls");
        command.SetDvcAction(host, async (parsed, cancellationToken) =>
        {
            bool isTree = parsed.GetValue(tree);
            if (parsed.GetValue(level) is { } depth && (!isTree || depth < 1))
                throw new DvcException(isTree ? $"--level must be at least 1, not {depth}" : "`--level` needs `--tree`", DvcException.Usage);
            if (isTree && parsed.GetValue(json))
                throw new DvcException("`--tree` cannot be had as JSON; use `-R --json`", DvcException.Usage);
            await using SourceProject source = await SourceProject.OpenToListAsync(parsed.GetRequiredValue(url), parsed.GetValue(revision), host.WorkingDirectory, settings.Read(parsed, host), host.Environment, host.Time, cancellationToken);
            IReadOnlyList<ListedFile> files = await source.ListAsync(parsed.GetValue(path)?.Trim('/') ?? "", isTree || parsed.GetValue(recursive), parsed.GetValue(dvcOnly), cancellationToken);
            if (parsed.GetValue(json))
            {
                host.WriteJson(DvcValue.Of([.. files.Select(file => file.ToJson(parsed.GetValue(hash)))]));
                return ExitCodes.Success;
            }

            string Columns(ListedFile? file) => $"{(parsed.GetValue(size) ? (file?.Size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-").PadLeft(10) + "  " : "")}{(parsed.GetValue(hash) ? (file?.Hash ?? "-").PadRight(36) + "  " : "")}";
            if (isTree)
                ListTree.Write(host.Out, files, parsed.GetValue(level) ?? int.MaxValue, Columns);
            foreach (ListedFile file in isTree ? [] : files)
                host.Out.Write(Columns(file) + file.Path + "\n");
            return ExitCodes.Success;
        });
        return command;
    }
}
