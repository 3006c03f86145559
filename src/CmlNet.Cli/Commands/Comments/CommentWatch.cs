using CmlNet.Cli.Compatibility;
using CmlNet.Publishing;
using CmlNet.Publishing.Comments;

namespace CmlNet.Cli.Commands.Comments;

/// <summary><c>--watch</c> and <c>--trigger-file</c>: the first post as asked for, every later one an update of it.</summary>
internal static class CommentWatch
{
    public static bool IsAsked(OptionValues values) => values.Flag("watch") || values.Text("trigger-file") is { Length: > 0 };

    /// <param name="context">The invocation.</param>
    /// <param name="paths">Absolute paths of the report's files.</param>
    /// <param name="isUpdate">Whether the first post is an update.</param>
    /// <param name="post">Posts, as an update or not.</param>
    /// <param name="cancellationToken">Ends the watch, as a signal does.</param>
    public static async Task RunAsync(DropInContext context, IReadOnlyList<string> paths, bool isUpdate, Func<bool, CancellationToken, Task> post, CancellationToken cancellationToken)
    {
        if (context.Values.Flag("rm-watermark"))
            throw new CliException(ExitCodes.Failure, "watermarks are mandatory for updatable comments");
        string? trigger = context.Values.Text("trigger-file") is { Length: > 0 } file ? context.FullPath(file) : null;
        bool isLater = isUpdate;
        using var signal = new StopSignal();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signal.Token, cancellationToken);
        var watcher = new CommentWatcher(
            paths,
            trigger,
            async token =>
            {
                try
                {
                    await post(isLater, token);
                    isLater = true;
                }
                catch (CliException e)
                {
                    // The report may be on its way from one version to the next.
                    throw new PublishingException(e.Message, e);
                }
            },
            context.Host.Time,
            context.Logger);
        await watcher.RunAsync(stop.Token);
    }
}
