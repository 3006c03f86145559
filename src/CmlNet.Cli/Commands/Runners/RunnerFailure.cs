using CmlNet.Containers;
using CmlNet.Reports.Configuration;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Control;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Journal;

namespace CmlNet.Cli.Commands.Runners;

/// <summary>What can go wrong in the daemon, as one message and an exit code.</summary>
internal static class RunnerFailure
{
    public static async Task<int> GuardAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (ConfigException exception)
        {
            throw new CliException(ExitCodes.Usage, exception.Message, exception);
        }
        catch (RunnerConfigurationException exception)
        {
            throw new CliException(ExitCodes.Usage, $"cml runner: {exception.Message}", exception);
        }
        catch (EngineException exception)
        {
            throw new CliException(ExitCodes.NoEngine, $"cml runner: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is ControlException or GitHubException or JournalException)
        {
            throw new CliException(ExitCodes.Failure, $"cml runner: {exception.Message}", exception);
        }
    }
}
