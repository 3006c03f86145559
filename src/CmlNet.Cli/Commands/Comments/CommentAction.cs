using System.CommandLine;
using CmlNet.Cli.Compatibility;
using CmlNet.Cli.Logging;
using CmlNet.Publishing;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;

namespace CmlNet.Cli.Commands.Comments;

/// <summary>Posts the report that a command names; prints the comment's address.</summary>
internal static class CommentAction
{
    public static Command Complete(Command command, CliHost host, bool isUpdate, string? replacement = null)
    {
        var file = new Argument<string>("markdown file") { Description = "The report" };
        command.Arguments.Add(file);
        return DropInCommand.Complete(command, CommentOptions.Build(), host, async (context, cancellationToken) =>
        {
            if (replacement is not null)
                CliLog.Renamed(context.Logger, command.Name, replacement);
            await RunAsync(context, context.Parsed.GetRequiredValue(file), isUpdate, cancellationToken);
        });
    }

    private static async Task RunAsync(DropInContext context, string file, bool isUpdate, CancellationToken cancellationToken)
    {
        OptionValues values = context.Values;
        CheckConflicts(values);
        string target = Target(context);
        bool isFirstUpdate = isUpdate || values.Flag("update");
        if (CommentWatch.IsAsked(values))
        {
            await CommentWatch.RunAsync(context, context.FullPath(file), isFirstUpdate, (update, token) => PostAsync(context, file, target, update, token), cancellationToken);
            return;
        }

        Comment comment = await PostAsync(context, file, target, isFirstUpdate, cancellationToken);
        await context.Host.Out.WriteLineAsync(comment.Url);
    }

    private static async Task<Comment> PostAsync(DropInContext context, string file, string target, bool isUpdate, CancellationToken cancellationToken)
    {
        OptionValues values = context.Values;
        string report = await context.ReadReportAsync(file, cancellationToken);
        string? assetServer = values.Text("publish-url") ?? context.Host.Environment.GetValueOrDefault("CML_ASSET_URL");
        using PublishingServices services = context.OpenServices(assetServer);
        CommentPublisher publisher = services.OpenCommentPublisher(Path.GetDirectoryName(context.FullPath(file)) ?? "/", values.Flag("publish"));
        return await publisher.PublishAsync(
            new CommentRequest
            {
                Report = report,
                Target = target,
                IsUpdate = isUpdate,
                WatermarkLabel = values.Text("watermark-title") ?? "",
                HasWatermark = !values.Flag("rm-watermark"),
                Sha = values.Text("commit-sha"),
            },
            cancellationToken);
    }

    private static void CheckConflicts(OptionValues values)
    {
        values.Exclude("pr", "target");
        values.Exclude("pr", "commit-sha");
        values.Exclude("target", "commit-sha");
        // CML lets its own default of an empty title conflict, which makes the flag unusable.
        if (!string.IsNullOrEmpty(values.Text("watermark-title")))
            values.Exclude("rm-watermark", "watermark-title");
        if (values.Flag("publish-native"))
            throw new CliException(ExitCodes.Failure, "Github does not support publish! Pass --publish-url with the address of an asset server instead of --publish-native.");
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
