using System.CommandLine;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Sources;
using CmlNet.Dvc.Stages;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc import</c>, <c>import-url</c> and <c>update</c>.</summary>
internal static class ImportCommand
{
    public static Command Build(CliHost host)
    {
        var url = new Argument<string>("URL") { Description = "A project: a folder, or the address of a repository." };
        var path = new Argument<string>("PATH") { Description = "What of it." };
        var output = Output();
        var revision = new Option<string?>("--rev") { Description = "At this branch, tag or commit.", HelpName = "REV" };
        var jobs = new Option<int?>("--jobs", "-j") { Description = "Transfers at once.", HelpName = "N" };
        Option<bool> force = Force(), noDownload = NoDownload();
        var source = new SourceOptions();
        var command = new Command("import", "Track a file or folder of another project.") { url, path, output, revision, jobs, force, noDownload };
        source.AddTo(command);
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            string wanted = parsed.GetRequiredValue(path).Trim('/');
            string target = Target(host, project, parsed.GetValue(output), RelativePath.Name(wanted));
            var options = new ImportOptions { IsForced = parsed.GetValue(force), Downloads = !parsed.GetValue(noDownload), Settings = source.Read(parsed, host) };
            string file = await new RepositoryImport(project, parsed.GetValue(jobs) ?? 4 * Environment.ProcessorCount).ImportAsync(parsed.GetRequiredValue(url), wanted, target, parsed.GetValue(revision), host.WorkingDirectory, options, cancellationToken);
            GitHint.Write(host, project, WithIgnore(project, [file]));
            return ExitCodes.Success;
        });
        return command;
    }

    public static Command BuildUrl(CliHost host)
    {
        var url = new Argument<string>("URL") { Description = "https://…, s3://…, ssh://…, remote://name/path, or a path: a file, or but for https:// a folder." };
        var target = new Argument<string?>("OUT") { Description = "Where to (default: its own name, here).", Arity = ArgumentArity.ZeroOrOne };
        var output = Output();
        Option<bool> force = Force(), noDownload = NoDownload();
        var jobs = new Option<int?>("--jobs", "-j") { Description = "Transfers at once.", HelpName = "N" };
        var versionAware = new Option<bool>("--version-aware") { Description = "Not supported.", Hidden = true };
        var settings = new Option<string[]>("--fs-config") { Description = "Not supported.", Hidden = true };
        var command = new Command("import-url", "Track a file or folder from elsewhere, with where it came from.") { url, target, output, noDownload, force, jobs, versionAware, settings };
        var toRemote = new ToRemoteOptions();
        toRemote.AddTo(command);
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            if (parsed.GetValue(versionAware))
                throw new DvcException("`--version-aware` is not supported: what is imported is known by its ETag, and kept in the cache. Leave it out.", DvcException.Usage);
            if (parsed.GetValue(settings) is { Length: > 0 })
                throw new DvcException("`--fs-config` is not supported, as it would put settings into the .dvc file. Give them to a remote (dvc remote add, dvc remote modify --local) and import remote://NAME/PATH.", DvcException.Usage);
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            await using var stores = new RemoteStores(project, client);
            string source = parsed.GetRequiredValue(url);
            string to = Target(host, project, parsed.GetValue(output) ?? parsed.GetValue(target), RelativePath.Name(source.TrimEnd('/').Split('?')[0]));
            string file = await new UrlImport(project, client, parsed.GetValue(jobs) ?? 4 * Environment.ProcessorCount).ImportAsync(RelativePath.IsUrl(source) ? source : Path.TrimEndingDirectorySeparator(Path.GetFullPath(source, host.WorkingDirectory)), to, new ImportOptions { IsForced = parsed.GetValue(force), Downloads = !parsed.GetValue(noDownload), SendsTo = toRemote.Read(parsed, stores, parsed.GetValue(noDownload)) }, cancellationToken);
            GitHint.Write(host, project, WithIgnore(project, [file]));
            return ExitCodes.Success;
        });
        return command;
    }

    public static Command BuildUpdate(CliHost host)
    {
        var targets = new Argument<string[]>("TARGET") { Description = ".dvc files of imports.", Arity = ArgumentArity.OneOrMore };
        var revision = new Option<string?>("--rev") { Description = "Take this branch, tag or commit from now on.", HelpName = "REV" };
        var jobs = new Option<int?>("--jobs", "-j") { Description = "Transfers at once.", HelpName = "N" };
        var recursive = new Option<bool>("--recursive", "-R") { Description = "Everything below the folders." };
        Option<bool> noDownload = NoDownload();
        var command = new Command("update", "Bring imports up to date.") { targets, revision, jobs, recursive, noDownload };
        var toRemote = new ToRemoteOptions();
        toRemote.AddTo(command);
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            await using var stores = new RemoteStores(project, client);
            var options = new ImportOptions { Downloads = !parsed.GetValue(noDownload), SendsTo = toRemote.Read(parsed, stores, parsed.GetValue(noDownload)) };
            var written = new List<string>();
            foreach (Stage stage in ProjectIndex.Read(project).Select(project.Targets(host, parsed.GetValue(targets)), parsed.GetValue(recursive)).Select(item => item.Stage).Distinct())
            {
                if (!stage.IsImport)
                    throw new DvcException($"update is not supported for regular data sources: '{stage.Address}' is no import");
                if (stage.IsRepositoryImport && options.SendsTo is not null)
                    throw new DvcException($"'{stage.Address}' is an import from a repository, whose own remote has the data; update it without --to-remote");
                written.Add(stage.IsRepositoryImport
                    ? await new RepositoryImport(project, parsed.GetValue(jobs) ?? 4 * Environment.ProcessorCount).UpdateAsync(stage, parsed.GetValue(revision), options, cancellationToken)
                    : await new UrlImport(project, client, parsed.GetValue(jobs) ?? 4 * Environment.ProcessorCount).UpdateAsync(stage, options, cancellationToken));
            }

            GitHint.Write(host, project, WithIgnore(project, written));
            return ExitCodes.Success;
        });
        return command;
    }

    private static SortedSet<string> WithIgnore(DvcProject project, IReadOnlyList<string> files) =>
        new SortedSet<string>(files.Concat(files.Select(file => RelativePath.Join(RelativePath.Folder(file), ".gitignore")).Where(ignore => File.Exists(project.FullPath(ignore)))), StringComparer.Ordinal);

    private static Option<bool> Force() => new("--force", "-f") { Description = "Replace what is there." };

    private static Option<bool> NoDownload() => new("--no-download", "--no-exec") { Description = "Only record where it comes from; `dvc update` gets it." };

    private static Option<string?> Output() => new("--out", "-o") { Description = "Where to (default: its own name, here).", HelpName = "PATH" };

    private static string Target(CliHost host, DvcProject project, string? named, string name) =>
        project.RelativeTo(host.WorkingDirectory, named is null ? name : Directory.Exists(Path.Combine(host.WorkingDirectory, named)) ? Path.Combine(named, name) : named);
}
