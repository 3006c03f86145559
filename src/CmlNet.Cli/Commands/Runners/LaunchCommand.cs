using System.CommandLine;
using CmlNet.Cli.Compatibility;
using CmlNet.Cli.Logging;
using CmlNet.Publishing;
using CmlNet.Publishing.Detection;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Control;
using CmlNet.Runner.Daemon;
using CmlNet.Runner.Fleet.Gpus;

namespace CmlNet.Cli.Commands.Runners;

/// <summary><c>cml runner launch</c> with CML's options: the same daemon with one pool, and CML's status records on standard error.</summary>
internal static class LaunchCommand
{
    public static Command Build(CliHost host) => DropInCommand.Complete(
        new Command("launch", "Take jobs as CML's runner does, each in a fresh container"),
        LaunchOptions.Build(),
        host with { Environment = LaunchOptions.Rename(host.Environment) },
        (context, cancellationToken) => RunnerFailure.GuardAsync(() => RunAsync(context, cancellationToken)));

    private static async Task<int> RunAsync(DropInContext context, CancellationToken cancellationToken)
    {
        OptionValues values = context.Values;
        values.Exclude("single", "reuse");
        values.Exclude("single", "reuse-idle");
        values.Exclude("reuse", "reuse-idle");
        if (LaunchOptions.FindCloudFlag(values) is { } flag)
            throw new CliException(ExitCodes.Failure, $"cml runner launch: --{flag} asks for a machine in a cloud, which this version does not rent. Start the machine yourself (Terraform, a cloud CLI, an autoscaling group), and run 'cml runner launch' or 'cml runner start' on it, e.g. from its start-up script; --idle-timeout ends it when there is nothing to do.");
        PublishingContext where = Locate(context);
        RunnerConfiguration configuration = LaunchConfiguration.Build(context, where, await CountGpusAsync(context, cancellationToken));
        CliHost host = context.Host with { Environment = new Dictionary<string, string>(context.Host.Environment, StringComparer.Ordinal) { [LaunchConfiguration.TokenVariable] = where.Token! } }; // checked by Locate
        using var loggers = new SameLogger(context.Logger);
        var records = new StatusRecords(host, configuration.Scope);
        // What this machine's last daemon left open is not another's.
        bool looksForListener = (values.Flag("reuse") || values.Flag("reuse-idle")) && !HasState(configuration);
        IReadOnlyList<KnownRunner> known = await RunnerCensus.TakeAsync(configuration, StartCommand.Surroundings(host, loggers), looksForListener, cancellationToken);
        if (await FindReusableAsync(values, configuration, known) is { } reused)
        {
            records.Say(reused);
            return ExitCodes.Success;
        }

        try
        {
            // CML's runner is ready when it takes jobs; the daemon, when it answers.
            return await StartCommand.RunAsync(host, configuration, loggers, happened => Record(records, happened), records.End);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            records.End(exception.Message);
            throw;
        }
    }

    private static void Record(StatusRecords records, DaemonEvent happened)
    {
        if (happened.Status == DaemonEvent.PoolReady)
            records.Write(happened with { Status = "ready" });
        else if (happened.Status != "ready")
            records.Write(happened);
    }

    // The rules of every command: --repo, CML_REPO, the clone, the job's environment; and so on for the token.
    private static PublishingContext Locate(DropInContext context)
    {
        OptionValues values = context.Values;
        using var services = new PublishingServices(
            new PublishingOptions { Environment = context.Host.Environment, WorkingDirectory = context.Host.WorkingDirectory, Repository = values.Text("repo"), Driver = "github", Token = values.Text("driver-token"), Time = context.Host.Time },
            context.Logger);
        PublishingContext where = services.Context;
        LaunchConfiguration.RequireGitHub(values, where.Repository!); // a code host's context has one
        if (values.FromCommandLine("driver-token") is not null)
            CliLog.Warn(context.Logger, $"a token on the command line can be read by every user of this machine; set {LaunchConfiguration.TokenVariable} instead");
        if (where.App is not null)
            throw new CliException(ExitCodes.Failure, "cml runner launch: a GitHub App needs its installation's number, which only runner.yaml has: use 'cml runner start', or unset CML_APP_ID and set REPO_TOKEN.");
        return where.Token is not null ? where : throw new CliException(ExitCodes.Failure, $"cml runner launch: token not found: set {LaunchConfiguration.TokenVariable} to one that may register runners.");
    }

    private static async Task<int> CountGpusAsync(DropInContext context, CancellationToken cancellationToken)
    {
        try
        {
            return (await new GpuProbe(new GpuConfiguration(), context.Host.Time).ReadAsync(cancellationToken)).Count(gpu => gpu.Defect is null);
        }
        catch (GpuProbeException exception)
        {
            CliLog.Warn(context.Logger, $"jobs get no GPU: {exception.Message}");
            return 0;
        }
    }

    /// <summary>What CML says of a runner that makes this one unnecessary; null when there is none.</summary>
    /// <exception cref="CliException">Another machine's runner has the name.</exception>
    private static async Task<string?> FindReusableAsync(OptionValues values, RunnerConfiguration configuration, IReadOnlyList<KnownRunner> known)
    {
        bool isReused = values.Flag("reuse");
        if ((isReused || values.Flag("reuse-idle")) && await AnswersAsync(configuration.SocketPath))
            return $"Reusing existing runner named {configuration.Name}...";
        // What this machine's last daemon left is taken over; who kept no state of it is another one.
        if (!HasState(configuration) && known.Any(runner => runner.IsOnline && runner.IsOf(configuration.Name, configuration.Pools[0].Name)))
        {
            return isReused
                ? $"Reusing existing runner named {configuration.Name}..."
                : throw new CliException(ExitCodes.Failure, $"Runner name {configuration.Name} is already in use. Please change the name or terminate the existing runner.");
        }

        KnownRunner[] alike = [.. known.Where(runner => runner.IsOnline && configuration.Pools[0].Labels.All(label => runner.Labels.Contains(label, StringComparer.OrdinalIgnoreCase)))];
        if (isReused && alike.Length > 0)
            return $"Reusing existing online runners with the {string.Join(',', configuration.Pools[0].Labels)} labels...";
        return values.Flag("reuse-idle") && alike.Any(runner => !runner.IsBusy) ? "Found matching idle runner." : null;
    }

    private static bool HasState(RunnerConfiguration configuration) => File.Exists(Path.Combine(configuration.DataDirectory, "journal.db"));

    private static async Task<bool> AnswersAsync(string socket)
    {
        try
        {
            using var client = new ControlClient(socket);
            await client.StatusAsync(CancellationToken.None);
            return true;
        }
        catch (ControlException)
        {
            return false;
        }
    }
}
