using CmlNet.Cli.Commands.Dvc;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Reports;
using CmlNet.Reports.Baselines;

namespace CmlNet.Cli.Commands.Report;

/// <summary>Gets what DVC tracks of the baseline from its remote into the cache, before a report is built from what is on this machine.</summary>
internal static class BaselineFetch
{
    private const int Jobs = 4;

    /// <summary>What cannot be had is said; the report then says what it has nothing to compare with.</summary>
    /// <exception cref="ReportInputException">A named file or the folder does not exist.</exception>
    public static async Task RunAsync(CliHost host, string command, ReportRequest request, CancellationToken cancellationToken)
    {
        foreach ((DvcProject project, IReadOnlyList<SelectedOutput> outputs) in BaselineData.Missing(request))
        {
            try
            {
                using ProjectLock taken = await project.LockAsync(cancellationToken);
                using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
                await using var stores = new RemoteStores(project, client);
                using var progress = new TransferProgress(host, "baseline", isQuiet: false);
                await new RemoteSync(project, stores, null, Jobs) { Progress = progress.Report }.FetchAsync(outputs, cancellationToken);
            }
            catch (Exception e) when (Reason(e) is { } reason)
            {
                host.Error.WriteLine($"{command}: {new ReportMessage($"cannot fetch the baseline of {string.Join(", ", outputs.Select(output => output.Output.Path))}: {reason.Message}").Text}");
            }
        }
    }

    // Transfers run side by side: the first that failed stands for all.
    private static Exception? Reason(Exception e) => e switch
    {
        AggregateException many => many.Flatten().InnerExceptions.Select(Reason).FirstOrDefault(reason => reason is not null),
        DvcException or IOException or UnauthorizedAccessException or HttpRequestException => e,
        _ => null,
    };
}
