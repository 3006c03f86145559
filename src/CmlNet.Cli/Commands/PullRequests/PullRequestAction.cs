using System.CommandLine;
using CmlNet.Cli.Compatibility;
using CmlNet.Publishing;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.PullRequests;

namespace CmlNet.Cli.Commands.PullRequests;

/// <summary>Opens a pull request with the changed files; prints its address, and nothing where there is nothing to do.</summary>
internal static class PullRequestAction
{
    public static Command Complete(Command command, CliHost host, bool isLegacy)
    {
        Argument<string[]> globs = ManyArgument.Build("glob path", "Changed files to commit: patterns, directories or files");
        command.Arguments.Add(globs);
        OptionGroup options = new OptionGroup("CML_PR_")
            .Flag("md", "Print Markdown: [CML's Pull Request](url)", isHidden: isLegacy)
            .Flag("skip-ci", "Append [skip ci] to the commit message", isHidden: isLegacy)
            .Flag("merge", "Merge the pull request when its checks have passed", isHidden: isLegacy, aliases: ["auto-merge"])
            .Flag("rebase", "The same, by rebasing", isHidden: isLegacy)
            .Flag("squash", "The same, as one commit", isHidden: isLegacy)
            .Text("branch", "Branch for the changes (default: {target}-cml-pr-{sha})", isHidden: isLegacy)
            .Text("target-branch", "Branch the changes go to (default: the current one)", isHidden: isLegacy)
            .Text("title", "Title (default: CML PR for {target} {sha})", isHidden: isLegacy)
            .Text("body", "Description", isHidden: isLegacy)
            .Text("message", "Commit message (default: CML PR for {sha})", isHidden: isLegacy)
            .Text("remote", "Git remote", "origin", isHidden: isLegacy)
            .Text("user-email", "Email of the commit's author", GitIdentity.Default.Email, isHidden: isLegacy)
            .Text("user-name", "Name of the commit's author", GitIdentity.Default.Name, isHidden: isLegacy)
            .Flag("dry-run", "Print what would be run, sent and written, secrets masked, and do none of it", isHidden: isLegacy);
        return DropInCommand.Complete(command, options, host, async (context, cancellationToken) =>
        {
            string[] paths = context.Parsed.GetValue(globs) ?? [];
            if (isLegacy && paths.Length == 0)
                throw new CliException(ExitCodes.Failure, "Not enough non-option arguments: name the files to commit, or use 'cml pr create'") { IsUsage = true };
            await RunAsync(context, paths, cancellationToken);
        });
    }

    private static async Task RunAsync(DropInContext context, string[] paths, CancellationToken cancellationToken)
    {
        OptionValues values = context.Values;
        values.Exclude("merge", "rebase");
        values.Exclude("merge", "squash");
        values.Exclude("rebase", "squash");
        using PublishingServices services = context.OpenServices();
        PullRequest? opened = await services.OpenPullRequestPublisher().PublishAsync(
            new PullRequestRequest
            {
                Paths = paths,
                Branch = Filled(values, "branch"),
                TargetBranch = Filled(values, "target-branch"),
                Title = Filled(values, "title"),
                Body = Filled(values, "body"),
                Message = Filled(values, "message"),
                IsCiSkipped = values.Flag("skip-ci"),
                Merge = values.Flag("merge") ? MergeMethod.Merge : values.Flag("rebase") ? MergeMethod.Rebase : values.Flag("squash") ? MergeMethod.Squash : null,
                Remote = values.Text("remote") ?? "origin",
                Identity = IdentityOption.Read(values),
            },
            cancellationToken);
        // CML prints 'undefined' where there is nothing to do.
        if (opened is not null && !context.IsRehearsal)
            await context.Host.Out.WriteLineAsync(values.Flag("md") ? $"[CML's {(services.Context.Driver == "gitlab" ? "Merge" : "Pull")} Request]({opened.Url})" : opened.Url);
    }

    private static string? Filled(OptionValues values, string name) => values.Text(name) is { Length: > 0 } text ? text : null;
}
