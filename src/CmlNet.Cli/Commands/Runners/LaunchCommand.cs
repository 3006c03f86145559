using System.CommandLine;
using System.Globalization;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Control;

namespace CmlNet.Cli.Commands.Runners;

/// <summary><c>cml runner launch</c> with CML's flags: the same daemon with one pool, and CML's status records on standard error.</summary>
internal static class LaunchCommand
{
    private const string DefaultLabels = "cml";
    private static readonly string[] TokenVariables = ["CML_TOKEN", "REPO_TOKEN", "repo_token", "GITHUB_TOKEN"];

    public static Command Build(CliHost host)
    {
        var command = new Command("launch", "Take jobs as CML's runner does, each in a fresh container.");
        LaunchOptions options = LaunchOptions.AddTo(command);
        command.SetAction((parsed, _) => RunnerFailure.GuardAsync(async () =>
        {
            if (options.FindCloudFlag(parsed) is { } flag)
                throw new CliException(ExitCodes.Failure, $"cml runner launch: {flag} asks for a machine in a cloud, which this version does not rent. Start the machine yourself (Terraform, a cloud CLI, an autoscaling group), and run 'cml runner launch' or 'cml runner start' on it, e.g. from its start-up script; --idle-timeout ends it when there is nothing to do.");
            RunnerConfiguration configuration = Configure(host, options, parsed);
            var records = new StatusRecords(host, configuration.Scope);
            if ((parsed.GetValue(options.Reuse) || parsed.GetValue(options.ReuseIdle)) && await AnswersAsync(configuration.SocketPath))
            {
                records.Say($"Reusing existing runner named {configuration.Name}...");
                return ExitCodes.Success;
            }

            try
            {
                return await StartCommand.RunAsync(host, configuration, records.Write, records.End);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                records.End(exception.Message);
                throw;
            }
        }));
        return command;
    }

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

    internal static RunnerConfiguration Configure(CliHost host, LaunchOptions options, ParseResult parsed)
    {
        string repository = parsed.GetValue(options.Repository) ?? Variable(host, "CML_REPO") ?? GitHubRepository(host)
            ?? throw new CliException(ExitCodes.Failure, "cml runner launch: which repository? Pass --repo=https://github.com/OWNER/NAME.");
        string tokenVariable = Array.Find(TokenVariables, name => Variable(host, name) is not null) ?? "REPO_TOKEN";
        string? token = parsed.GetValue(options.Token);
        if (token is not null)
            throw new CliException(ExitCodes.Failure, "cml runner launch: a token on the command line can be read by every user of the machine. Put it into the environment as REPO_TOKEN instead of --token.");
        if (!Uri.TryCreate(repository, UriKind.Absolute, out Uri? scope) || scope.AbsolutePath.Trim('/').Split('/').Length is not (1 or 2) || scope.AbsolutePath == "/")
            throw new CliException(ExitCodes.Failure, $"cml runner launch: '{repository}' is not the address of a repository or an organization.");
        string[] labels = (parsed.GetValue(options.Labels) ?? DefaultLabels).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool isRepository = scope.AbsolutePath.Trim('/').Contains('/', StringComparison.Ordinal);
        string name = parsed.GetValue(options.Name) ?? $"cml-{Environment.MachineName}";
        string state = Path.Combine(parsed.GetValue(options.WorkDirectory) is { } work ? Path.GetFullPath(work, host.WorkingDirectory) : host.WorkingDirectory, ".cml-runner");
        return new RunnerConfiguration
        {
            Scope = scope,
            Authentication = new Authentication { Token = new SecretReference(SecretKind.Variable, tokenVariable) },
            Name = name,
            DataDirectory = state,
            SocketPath = Path.Combine(state, "runner.sock"),
            Idle = new IdleConfiguration { ShutdownAfter = IdleTime(parsed.GetValue(options.IdleTimeout)), AfterOneJob = parsed.GetValue(options.Single) },
            // What is running may finish: CML refuses to unregister a busy runner as well.
            DrainTimeout = TimeSpan.FromHours(1),
            Gpus = new GpuConfiguration(),
            Pools =
            [
                new PoolConfiguration
                {
                    Name = labels.Length > 0 ? labels[0] : DefaultLabels,
                    Labels = labels,
                    // A scale set is asked for by its name alone; jobs written for CML name several labels.
                    Mode = isRepository ? JobSourceKind.Rest : JobSourceKind.ScaleSet,
                    Image = parsed.GetValue(options.Image) ?? PoolConfiguration.DefaultImage,
                    Max = 1,
                    Shape = new PoolShape { Gpus = parsed.GetValue(options.Gpus) },
                    Caches = [.. (parsed.GetValue(options.Volumes) ?? []).Select(Volume)],
                    Reruns = parsed.GetValue(options.NoRetry) ? 0 : 1,
                },
            ],
        };
    }

    // "never" (or a negative number) means that it never ends.
    private static TimeSpan? IdleTime(string? text) => text switch
    {
        null => TimeSpan.FromMinutes(5),
        "never" => null,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) => seconds <= 0 ? null : TimeSpan.FromSeconds(Math.Min(seconds, 1e8)),
        _ => throw new CliException(ExitCodes.Failure, $"cml runner launch: --idle-timeout must be a number of seconds or 'never', not '{text}'."),
    };

    private static CacheMount Volume(string text)
    {
        string[] parts = text.Split(':');
        return parts is [_, _] or [_, _, "ro" or "rw"] && parts[1].StartsWith('/') && parts[0].Length > 0
            ? new CacheMount(parts[0], parts[1], parts is [_, _, "ro"])
            : throw new CliException(ExitCodes.Failure, $"cml runner launch: --docker-volumes must be SOURCE:/TARGET[:ro], not '{text}'.");
    }

    private static string? Variable(CliHost host, string name) => host.Environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private static string? GitHubRepository(CliHost host) => Variable(host, "GITHUB_REPOSITORY") is { } name ? $"{Variable(host, "GITHUB_SERVER_URL") ?? "https://github.com"}/{name}" : null;
}
