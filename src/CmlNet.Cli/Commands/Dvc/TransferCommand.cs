using System.CommandLine;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc fetch</c>, <c>pull</c> and <c>push</c>.</summary>
internal static class TransferCommand
{
    public static Command Fetch(CliHost host) => Build(host, "fetch", "Get data from the remote into the cache.");

    public static Command Pull(CliHost host) => Build(host, "pull", "Get data from the remote into the cache and the work tree.");

    public static Command Push(CliHost host) => Build(host, "push", "Send data from the cache to the remote.");

    private static Command Build(CliHost host, string verb, string description)
    {
        var options = new TransferOptions(verb);
        var command = new Command(verb, description) { options.Targets };
        foreach (Option option in options.All)
            command.Add(option);
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            await using var stores = new RemoteStores(project, client);
            string? remote = parsed.GetValue(options.Remote);
            int jobs = parsed.GetValue(options.Jobs) ?? JobsOf(project, remote);
            using var progress = new TransferProgress(host, verb, parsed.GetValue(options.Quiet));
            var failures = new List<string>();
            var sync = new RemoteSync(project, stores, remote, jobs) { Progress = progress.Report, Failed = failures.Add };
            IReadOnlyList<SelectedOutput> outputs = Outputs(host, project, parsed, options);
            var runs = new RunCacheTransfer(project, stores, remote);
            int count = 0;
            if (parsed.GetValue(options.RunCache))
                count += verb == "push" ? await runs.PushAsync(cancellationToken) : await runs.FetchAsync(cancellationToken);
            (int moved, IReadOnlyList<string> missing) = verb == "push" ? await sync.PushAsync(outputs, cancellationToken) : await sync.FetchAsync(outputs, cancellationToken);
            progress.Dispose();
            bool allowsMissing = parsed.GetValue(options.AllowMissing);
            IReadOnlyList<string> changed = verb == "pull" ? Checkout(host, project, parsed, options, missing, cancellationToken) : [];
            if (!parsed.GetValue(options.Quiet))
                host.Out.Write(Summary(verb, moved + count, changed) + "\n");
            if (failures.Count > 0)
                throw new DvcException($"failed to {verb} imports from their own repositories: {string.Join("; ", failures)}");
            if (missing.Count > 0 && !allowsMissing)
                throw new DvcException(verb == "push" ? $"failed to push data to the cloud - {missing.Count} missing in the cache: {string.Join(", ", missing)}. Get or make it first." : $"failed to {verb} data from the cloud - not found there: {string.Join(", ", missing.Distinct(StringComparer.Ordinal))}. Was it pushed?");
            return ExitCodes.Success;
        });
        return command;
    }

    // What it changed, in words.
    private static IReadOnlyList<string> Checkout(CliHost host, DvcProject project, ParseResult parsed, TransferOptions options, IReadOnlyList<string> missing, CancellationToken cancellationToken)
    {
        var run = new CheckoutRun(project, parsed.GetValue(options.Force), relinks: false, cancellationToken);
        var index = ProjectIndex.Read(project);
        run.Apply([.. options.Selection(parsed).Outputs(host, project, index).Where(item => !missing.Contains(item.Output.Path, StringComparer.Ordinal))], removesUntracked: false);
        if (!parsed.GetValue(options.Quiet))
            CheckoutText.WriteChanges(host, project, run);
        if (run.Missing.Count > 0 && !parsed.GetValue(options.AllowMissing))
            throw new DvcException($"Checkout failed for following targets:\n{string.Join('\n', run.Missing)}\nIs your cache up to date?\n<https://error.dvc.org/missing-files>");
        return CheckoutText.Parts(run);
    }

    private static List<SelectedOutput> Outputs(CliHost host, DvcProject project, ParseResult parsed, TransferOptions options) =>
        [.. options.Revisions.AddTo(options.Selection(parsed).Outputs(host, project, ProjectIndex.Read(project)), parsed, project).Where(item => options.IsMeant(parsed, item.Output))];

    private static int JobsOf(DvcProject project, string? remote) =>
        int.TryParse((remote ?? project.Config.DefaultRemote) is { } name ? project.Config.Remote(name)?.GetValueOrDefault("jobs") : null, out int jobs) && jobs > 0 ? jobs : 4 * Environment.ProcessorCount;

    private static string Summary(string verb, int moved, IReadOnlyList<string> changed)
    {
        List<string> parts = [.. changed];
        if (moved > 0)
            parts.Add($"{moved} file{(moved == 1 ? "" : "s")} {(verb == "push" ? "pushed" : "fetched")}");
        return parts.Count == 0 ? "Everything is up to date." : CheckoutText.Joined(parts);
    }
}
