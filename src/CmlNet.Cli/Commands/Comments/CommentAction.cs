using System.CommandLine;
using CmlNet.Cli.Compatibility;
using CmlNet.Cli.Logging;
using CmlNet.Publishing;
using CmlNet.Publishing.Bundles;
using CmlNet.Publishing.Surfaces;

namespace CmlNet.Cli.Commands.Comments;

/// <summary>Posts the report that a command names, everywhere it is asked for; prints the comment's address.</summary>
internal static class CommentAction
{
    public static Command Complete(Command command, CliHost host, bool isUpdate, string? replacement = null)
    {
        Argument<string[]> files = ManyArgument.Build("markdown file", "The report; several files make one, - is standard input");
        command.Arguments.Add(files);
        return DropInCommand.Complete(command, CommentOptions.Build(), host, async (context, cancellationToken) =>
        {
            if (replacement is not null)
                CliLog.Renamed(context.Logger, command.Name, replacement);
            await RunAsync(context, context.Parsed.GetValue(files) ?? [], isUpdate, cancellationToken);
        });
    }

    private static async Task RunAsync(DropInContext context, string[] files, bool isUpdate, CancellationToken cancellationToken)
    {
        OptionValues values = context.Values;
        CheckConflicts(values);
        string target = Target(context);
        if (values.Flag("delete"))
        {
            await DeleteAsync(context, target, cancellationToken);
            return;
        }

        if (values.Text("from-bundle") is { Length: > 0 } bundle)
        {
            await PrintAsync(context, await PostBundleAsync(context, bundle, files, isUpdate || values.Flag("update"), cancellationToken));
            return;
        }

        if (files.Length == 0)
            throw new CliException(ExitCodes.Failure, "Required argument 'markdown file' missing: name the report to post") { IsUsage = true };
        bool isFirstUpdate = isUpdate || values.Flag("update");
        if (CommentWatch.IsAsked(values))
        {
            CheckWatch(values, files);
            // Open as long as the watch is: what the code host has answered already need not be sent again.
            using PublishingServices watching = OpenServices(context);
            await CommentWatch.RunAsync(context, [.. files.Select(context.FullPath)], isFirstUpdate, async (update, token) => ThrowIfFailed(await PostAsync(context, watching, files, target, update, token)), cancellationToken);
            return;
        }

        // A report that cannot be read is told of before anything is opened.
        IReadOnlyList<ReportSource> sources = await CommentReport.ReadAsync(context, files, cancellationToken);
        using PublishingServices services = OpenServices(context);
        await PrintAsync(context, await services.OpenReportPublisher().PublishAsync(CommentReport.Build(context, sources, target, isFirstUpdate), cancellationToken));
    }

    private static async Task<IReadOnlyList<SurfaceResult>> PostAsync(DropInContext context, PublishingServices services, string[] files, string target, bool isUpdate, CancellationToken cancellationToken)
    {
        ReportRequest request = CommentReport.Build(context, await CommentReport.ReadAsync(context, files, cancellationToken), target, isUpdate);
        return await services.OpenReportPublisher().PublishAsync(request with { MayFillSummary = false }, cancellationToken);
    }

    /// <summary>Only a target on the command line goes before the pull request that has the bundle's commit: the bundle itself names none.</summary>
    private static async Task<IReadOnlyList<SurfaceResult>> PostBundleAsync(DropInContext context, string directory, string[] files, bool isUpdate, CancellationToken cancellationToken)
    {
        if (files.Length > 0 || CommentWatch.IsAsked(context.Values))
            throw new CliException(ExitCodes.Failure, "--from-bundle posts the bundle's report once: neither name a file nor --watch");
        string path = context.FullPath(directory);
        IReadOnlyList<ReportBundle> bundles = ReportBundle.ReadAll(path);
        using PublishingServices services = OpenServices(context);
        // Its commit gets the check run and the status too, whatever the target.
        services.RequireCommit(bundles[0]);
        string? target = context.Values.Text("target") is { Length: > 0 } given ? given
            : await services.FindPullRequestAsync(bundles[0], cancellationToken) is { } number ? FormattableString.Invariant($"pr/{number}") : null;
        var results = new List<SurfaceResult>();
        for (int i = 0; target is not null && i < bundles.Count; i++)
        {
            ReportRequest request = CommentReport.Build(context, [new ReportSource(bundles[i].Markdown, bundles[i].Files.BaseDirectory) { Files = bundles[i].Files }], target, isUpdate);
            results.AddRange(await services.OpenReportPublisher().PublishAsync(CommentReport.OfBundle(request, bundles[i].Sha, i + 1), cancellationToken));
        }

        return results;
    }

    private static PublishingServices OpenServices(DropInContext context)
    {
        bool isNative = context.Values.Flag("publish-native");
        PublishingServices services = context.OpenServices(
            context.Values.Text("publish-url") ?? context.Host.Environment.GetValueOrDefault("CML_ASSET_URL"),
            assetStore: isNative ? "uploads" : context.Values.Text("assets"));
        if (!isNative || services.Context.Driver is not ("github" or "local"))
            return services;
        services.Dispose();
        throw new CliException(ExitCodes.Failure, "Github does not support publish! Pass --publish-url with the address of an asset server instead of --publish-native.");
    }

    /// <summary>The comment's address, else every place's; with --json everything. Where one place failed, so does the command.</summary>
    private static async Task PrintAsync(DropInContext context, IReadOnlyList<SurfaceResult> results)
    {
        if (context.IsRehearsal)
            return;
        if (context.Values.Flag("json"))
            await context.Host.Out.WriteLineAsync(SurfaceJson.Render(results));
        else if (results.FirstOrDefault(r => r.Surface == ReportSurface.Comment) is { Url: { } comment })
            await context.Host.Out.WriteLineAsync(comment);
        else
        {
            foreach (string url in results.Select(r => r.Url).OfType<string>().Where(u => u.Length > 0))
                await context.Host.Out.WriteLineAsync(url);
        }

        ThrowIfFailed(results);
    }

    private static void ThrowIfFailed(IReadOnlyList<SurfaceResult> results)
    {
        string[] failures = [.. results.Where(r => r.Failure is not null).Select(r => $"{r.Surface.ToString().ToLowerInvariant()}: {r.Failure}")];
        if (failures.Length > 0)
            throw new CliException(ExitCodes.Failure, string.Join("\n", failures));
    }

    private static async Task DeleteAsync(DropInContext context, string target, CancellationToken cancellationToken)
    {
        using PublishingServices services = context.OpenServices();
        await services.OpenCommentPublisher(context.Host.WorkingDirectory, areAssetsPublished: false).DeleteAsync(CommentReport.Comment(context.Values, target), cancellationToken);
    }

    private static void CheckWatch(OptionValues values, string[] files)
    {
        if (files.Contains("-", StringComparer.Ordinal))
            throw new CliException(ExitCodes.Failure, "standard input cannot be watched: name the report's file");
        if (CommentReport.Surfaces(values).Contains(ReportSurface.Summary))
            throw new CliException(ExitCodes.Failure, "a job summary can only be added to, not updated, so it cannot be watched: leave it out of --to");
    }

    private static void CheckConflicts(OptionValues values)
    {
        values.Exclude("pr", "target");
        values.Exclude("pr", "commit-sha");
        values.Exclude("target", "commit-sha");
        values.Exclude("recreate", "append");
        values.Exclude("delete", "append");
        values.Exclude("delete", "recreate");
        // CML lets its own default of an empty title conflict, which makes the flag unusable.
        if (!string.IsNullOrEmpty(values.Text("watermark-title")))
            values.Exclude("rm-watermark", "watermark-title");
    }

    private static string Target(DropInContext context)
    {
        if (context.Values.Text("commit-sha") is { Length: > 0 } sha)
        {
            CliLog.Warn(context.Logger, $"Deprecation warning: use --target=\"commit/<sha>\" instead of --commit-sha=<sha>");
            return "commit/" + sha;
        }

        if (context.Values.Flag("pr"))
        {
            CliLog.Warn(context.Logger, "Deprecation warning: use --target=pr instead of --pr");
            return "pr";
        }

        return context.Values.Text("target") is { Length: > 0 } target ? target : "auto";
    }
}
