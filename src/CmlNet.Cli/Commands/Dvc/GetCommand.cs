using System.CommandLine;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Sources;
using CmlNet.Dvc.Storage;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc get</c>: a file or folder of another project, without tracking it.</summary>
internal static class GetCommand
{
    public static Command Build(CliHost host)
    {
        var url = new Argument<string>("URL") { Description = "A project: a folder, or the address of a repository." };
        var path = new Argument<string>("PATH") { Description = "What of it." };
        var output = new Option<string?>("--out", "-o") { Description = "Where to (default: its own name, here).", HelpName = "PATH" };
        var revision = new Option<string?>("--rev") { Description = "At this branch, tag or commit.", HelpName = "REV" };
        var jobs = new Option<int?>("--jobs", "-j") { Description = "Transfers at once.", HelpName = "N" };
        var force = new Option<bool>("--force", "-f") { Description = "Replace what is there." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing." };
        var showUrl = new Option<bool>("--show-url") { Description = "Only print where the remote has it." };
        var settings = new SourceOptions();
        var command = new Command("get", "Download a file or folder of another project.") { url, path, output, revision, jobs, force, showUrl, quiet };
        settings.AddTo(command);
        command.SetDvcAction(host, async (parsed, cancellationToken) =>
        {
            string wanted = parsed.GetRequiredValue(path).Trim('/');
            if (parsed.GetValue(showUrl))
            {
                await using SourceProject shown = await SourceProject.OpenAsync(parsed.GetRequiredValue(url), parsed.GetValue(revision), host.WorkingDirectory, settings.Read(parsed, host), host.Environment, host.Time, cancellationToken);
                host.Out.Write(await shown.AddressAsync(wanted, cancellationToken) + "\n");
                return ExitCodes.Success;
            }

            string target = Path.GetFullPath(parsed.GetValue(output) ?? RelativePath.Name(wanted), host.WorkingDirectory);
            if (Directory.Exists(target) && parsed.GetValue(output) is not null && !parsed.GetValue(force))
                target = Path.Combine(target, RelativePath.Name(wanted));
            if (Path.Exists(target) && !parsed.GetValue(force))
                throw new DvcException($"the path '{target}' already exists; use `--force` to replace it");
            string cache = Directory.CreateTempSubdirectory("cml-get-").FullName;
            try
            {
                await using SourceProject source = await SourceProject.OpenAsync(parsed.GetRequiredValue(url), parsed.GetValue(revision), host.WorkingDirectory, settings.Read(parsed, host), host.Environment, host.Time, cancellationToken);
                await source.GetAsync(wanted, target, new ObjectStore(cache), parsed.GetValue(jobs) ?? 4 * Environment.ProcessorCount, cancellationToken);
            }
            finally
            {
                Directory.Delete(cache, recursive: true);
            }

            return ExitCodes.Success;
        });
        return command;
    }
}
