using System.CommandLine;
using CmlNet.Cli.Compatibility;
using CmlNet.Cli.Logging;
using CmlNet.Publishing;
using CmlNet.Publishing.CodeHosts;

namespace CmlNet.Cli.Commands.Checks;

/// <summary>Shows a report as a check run. Prints nothing.</summary>
internal static class CheckAction
{
    public static Command Complete(Command command, CliHost host, string? replacement = null)
    {
        var file = new Argument<string>("markdown file") { Description = "The report" };
        command.Arguments.Add(file);
        OptionGroup options = new OptionGroup("CML_CHECK_", "CML_SEND_GITHUB_CHECK_")
            .Text("commit-sha", "Commit to show it on (default: the one that triggered the run)", aliases: ["head-sha"])
            .Choice("conclusion", "Conclusion of the check", "success", ["success", "failure", "neutral", "cancelled", "skipped", "timed_out"])
            .Choice("status", "Status of the check", "completed", ["queued", "in_progress", "completed"])
            .Text("title", "Title of the check", "CML Report");
        return DropInCommand.Complete(command, options, host, async (context, cancellationToken) =>
        {
            if (replacement is not null)
                CliLog.Renamed(context.Logger, command.Name, replacement);
            await RunAsync(context, context.Parsed.GetRequiredValue(file), cancellationToken);
        });
    }

    private static async Task RunAsync(DropInContext context, string file, CancellationToken cancellationToken)
    {
        OptionValues values = context.Values;
        string report = await context.ReadReportAsync(file, cancellationToken);
        using PublishingServices services = context.OpenServices();
        ICheckHost host = services.OpenCodeHost().Require<ICheckHost>("check runs");
        if (services.Context.Driver == "github")
            await WarnAboutTokenAsync(context, services.Context.Token);
        string sha = values.Text("commit-sha") is { Length: > 0 } given ? given : services.Context.Sha
            ?? throw new CliException(ExitCodes.Failure, "the commit is not known: pass --commit-sha");
        await host.CreateCheckAsync(
            new CheckRun
            {
                HeadSha = sha,
                Title = values.Text("title") ?? "CML Report",
                Summary = report,
                Status = values.Text("status") ?? "completed",
                Conclusion = values.Text("conclusion") ?? "success",
            },
            cancellationToken);
    }

    /// <summary>GitHub lets only Apps write checks. The warnings are workflow commands, so that they show on the run's page.</summary>
    private static async Task WarnAboutTokenAsync(DropInContext context, string? token)
    {
        IReadOnlyDictionary<string, string> environment = context.Host.Environment;
        bool isJob = environment.GetValueOrDefault("CI") is { Length: > 0 } && !environment.ContainsKey("TPI_TASK");
        if (!isJob)
            await context.Host.Error.WriteLineAsync("::warning::This command only works inside a Github runner or a Github app.");
        else if (environment.GetValueOrDefault("GITHUB_TOKEN") is { Length: > 0 } own && own != token)
            await context.Host.Error.WriteLineAsync("::warning::The token is not GITHUB_TOKEN. GitHub lets only GITHUB_TOKEN and GitHub Apps create checks.");
    }
}
