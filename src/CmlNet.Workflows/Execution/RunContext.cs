using CmlNet.Containers;
using CmlNet.Workflows.Actions.Results;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Calls;
using Microsoft.Extensions.Logging;

namespace CmlNet.Workflows.Execution;

/// <summary>What all jobs of one run share. Nothing in it changes after the start but the masker and the run record.</summary>
internal sealed record RunContext
{
    /// <summary>Where publishing commands write in a container.</summary>
    public const string LocalHostInContainer = "/__cml/host";

    public required string RunId { get; init; }

    public required Workflow Workflow { get; init; }

    public required RunRequest Request { get; init; }

    public required RunInput Input { get; init; }

    public required IContainerEngine Engine { get; init; }

    public required EngineInfo EngineInfo { get; init; }

    public required RunDirectory Directory { get; init; }

    /// <summary>Removed at the end; on the work tree's file system, so that copies can be reflinks.</summary>
    public required string Scratch { get; init; }

    /// <summary>As <see cref="Scratch"/>, for small files, and in memory; null where that cannot be.</summary>
    public string? Memory { get; init; }

    public required SecretMasker Masker { get; init; }

    public required IRunObserver Observer { get; init; }

    /// <summary>Null on an engine without networks.</summary>
    public FirstNetwork? FirstNetwork { get; init; }

    /// <summary>The artifact and cache services for actions that call them.</summary>
    public required ResultsAccess Results { get; init; }

    public CleanupQueue Cleanups { get; } = new();

    /// <summary>Held by the job that takes over what was published.</summary>
    public Lock Publishing { get; } = new();

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>github, inputs, vars and secrets, as every job starts with them.</summary>
    public required ContextSet BaseContexts { get; init; }

    /// <summary>The workflows that this one's jobs call, by job id.</summary>
    public required IReadOnlyDictionary<string, WorkflowCall> Calls { get; init; }

    /// <summary>In front of every job's name: <c>caller / </c> in a called workflow.</summary>
    public string NamePrefix { get; init; } = "";

    /// <summary>In front of the folders of this workflow's jobs.</summary>
    public string LogPrefix { get; init; } = "";

    /// <summary>Null when this process is not the published single file: publishing commands are then not found in jobs.</summary>
    public required CmlMount? Cml { get; init; }

    /// <summary>Where publishing commands write on the host; taken over into the run directory after each job.</summary>
    public string LocalHostFolder => Path.Combine(Scratch, "published");

    /// <summary>The same folder as jobs see it.</summary>
    public string LocalHostInJob => EngineInfo.RunsOnHost ? LocalHostFolder : LocalHostInContainer;

    /// <summary>A job's files by their paths on this machine.</summary>
    public JobFileMap FilesOf(JobPaths paths) => new(paths, Request.BindWorkspace ? Request.RepositoryRoot : null);

    public IReadOnlyDictionary<string, string> Labels(string job) => Labels(RunId, job);

    /// <summary>By these, what is left of a run is found and removed.</summary>
    public static IReadOnlyDictionary<string, string> Labels(string runId, string job) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [ContainerLabels.Run] = runId,
        [ContainerLabels.Job] = job,
        [ContainerLabels.Owner] = OwnerLabel.Current,
    };
}
