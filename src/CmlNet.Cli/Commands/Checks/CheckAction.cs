using System.CommandLine;
using CmlNet.Cli.Commands.Comments;
using CmlNet.Cli.Compatibility;
using CmlNet.Cli.Logging;
using CmlNet.Publishing;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Surfaces;

namespace CmlNet.Cli.Commands.Checks;

/// <summary>Shows a report as a check run. Prints nothing, unless asked to.</summary>
internal static class CheckAction
{
    private const int LongestLabel = 20;
    private const int LongestDescription = 40;

    public static Command Complete(Command command, CliHost host, bool isUpdate = false, string? replacement = null)
    {
        var file = new Argument<string>("markdown file") { Description = "The report" };
        command.Arguments.Add(file);
        return DropInCommand.Complete(command, CheckOptions.Build(), host, async (context, cancellationToken) =>
        {
            if (replacement is not null)
                CliLog.Renamed(context.Logger, command.Name, replacement);
            await RunAsync(context, context.Parsed.GetRequiredValue(file), isUpdate, cancellationToken);
        });
    }

    private static async Task RunAsync(DropInContext context, string file, bool isUpdate, CancellationToken cancellationToken)
    {
        OptionValues values = context.Values;
        CheckButton[] buttons = [.. values.List("button").Select(ToButton)];
        string report = await context.ReadReportAsync(file, cancellationToken);
        IReadOnlyList<CheckAnnotation> annotations = values.Text("annotations") is { Length: > 0 } remarks
            ? AnnotationFile.Read(await context.ReadReportAsync(remarks, cancellationToken), remarks)
            : [];
        using PublishingServices services = context.OpenServices();
        var publisher = new CheckPublisher(services.OpenCodeHost(), context.Logger);
        if (services.Context.Driver == "github")
            await WarnAboutTokenAsync(context, services.Context.Token);
        string sha = values.Text("commit-sha") is { Length: > 0 } given ? given : services.Context.Sha
            ?? throw new CliException(ExitCodes.Failure, "the commit is not known: pass --commit-sha");
        SurfaceResult shown = await publisher.PublishAsync(
            new CheckRun
            {
                HeadSha = sha,
                Title = values.Text("title") ?? "CML Report",
                Summary = report,
                Status = values.Text("status") ?? "completed",
                Conclusion = values.Text("conclusion") ?? "success",
                DetailsUrl = values.Text("details-url") is { Length: > 0 } url ? url : services.Context.RunUrl,
                Annotations = annotations,
                Buttons = buttons,
            },
            isUpdate,
            values.Text("status-context") ?? "cml",
            cancellationToken);
        if (values.Flag("json") && !context.IsRehearsal)
            await context.Host.Out.WriteLineAsync(SurfaceJson.Render([shown]));
    }

    private static CheckButton ToButton(string text) => text.Split('|', StringSplitOptions.TrimEntries) switch
    {
        [{ Length: > 0 and <= LongestLabel } label, { Length: > 0 and <= LongestDescription } description, { Length: > 0 and <= LongestLabel } identifier] => new CheckButton(label, description, identifier),
        _ => throw new CliException(ExitCodes.Failure, $"--button=\"{text}\" is not 'label|description|identifier' with at most {LongestLabel}, {LongestDescription} and {LongestLabel} characters"),
    };

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
