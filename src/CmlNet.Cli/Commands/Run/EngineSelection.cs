using CmlNet.Containers;
using Microsoft.Extensions.Logging;

namespace CmlNet.Cli.Commands.Run;

/// <summary>The engine to use: the one asked for, or with <c>auto</c> Docker, else processes on this machine (said aloud).</summary>
internal static class EngineSelection
{
    public static async Task<(IContainerEngine Engine, EngineInfo Info)> SelectAsync(string name, CliHost host, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var context = new EngineContext { Time = host.Time, Loggers = loggers, Variable = variable => host.Environment.GetValueOrDefault(variable) };
        if (name != "auto")
            return await ProbeAsync(ContainerServices.Resolve(name, context), cancellationToken);
        try
        {
            return await ProbeAsync(ContainerServices.Resolve("docker", context), cancellationToken);
        }
        catch (CliException e) when (e.InnerException is EngineException { Kind: EngineErrorKind.Unreachable })
        {
            host.Error.WriteLine($"{e.Message}\nRunning on this machine itself instead, without containers (--engine process): jobs can see and change your files.");
            return await ProbeAsync(ContainerServices.Resolve("process", context), cancellationToken);
        }
    }

    private static async Task<(IContainerEngine Engine, EngineInfo Info)> ProbeAsync(IContainerEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            EngineInfo info = await engine.ProbeAsync(cancellationToken);
            return info.SharesFileSystem
                ? (engine, info)
                : throw new CliException(ExitCodes.NoEngine, $"The container engine at {info.Endpoint} is on another machine and cannot mount this one's folders, which a job needs. Run cml there, or set DOCKER_HOST to an engine of this machine.");
        }
        catch (EngineException e)
        {
            throw new CliException(ExitCodes.NoEngine, e.Message, e);
        }
    }
}
