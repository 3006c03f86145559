using CmlNet.Containers;
using CmlNet.Workflows.Actions;
using CmlNet.Workflows.Actions.Results;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Calls;
using Microsoft.Extensions.Logging;

namespace CmlNet.Workflows.Execution;

/// <summary>Runs one workflow from start to end and leaves nothing behind but its run directory.</summary>
public sealed class WorkflowRunner(IContainerEngine engine, EngineInfo engineInfo, IRunObserver observer, TimeProvider time, ILogger<WorkflowRunner> logger)
{
    /// <param name="workflow">Parsed without errors.</param>
    /// <param name="request">What to run, and how.</param>
    /// <param name="input">The event.</param>
    /// <param name="whenDecided">Called with the finished record while containers are still being removed.</param>
    /// <param name="cancel">Ends running steps; <c>always()</c> steps and clean-up still run.</param>
    /// <param name="abort">Ends everything but clean-up.</param>
    /// <exception cref="InvalidRunException">The workflow needs what is not supported or not given; nothing was started.</exception>
    public async Task<RunRecord> RunAsync(Workflow workflow, RunRequest request, RunInput input, Action<RunRecord> whenDecided, CancellationToken cancel, CancellationToken abort)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(input);
        ActionCatalog actions = ActionServices.CreateCatalog(request, input.ServerUrl);
        IReadOnlyDictionary<string, WorkflowCall> calls = await SupportCheck.DemandAsync(workflow, request, actions, cancel);
        SupportCheck.DemandEngine(workflow, calls, request, engineInfo);
        await actions.FetchAsync(SupportCheck.Jobs(workflow, calls, request), request.RepositoryRoot, engineInfo, cancel);

        string id = request.RunId;
        // Nothing is refused from here on.
        await using FirstNetwork? network = engineInfo.RunsOnHost ? null : new FirstNetwork(Task.Run(() => engine.CreateNetworkAsync($"cml-{id}", RunContext.Labels(id, workflow.Path), cancel), CancellationToken.None));
        var directory = new RunDirectory(request.RunDirectory);
        using IDisposable reserve = directory.Create();
        string scratch = Path.Combine(request.RepositoryRoot, WorkTree.OwnFolder, "tmp", id);
        await using var scratchFolder = new ScratchFolder(scratch, logger, time);
        using OwnedFolder? memory = MemoryFolder.TryCreate(engineInfo);
        await using var results = new ResultsAccess(request, scratch);
        RunContext run = CreateContext(id, workflow, request, input, directory, scratch, results) with { Calls = calls, FirstNetwork = network, Memory = memory?.Path };
        var recorder = new RunRecorder(run, time);

        await scratchFolder.RemoveLeftoversAsync();
        observer.On(new RunStarted(recorder.Snapshot([]).Workflow, workflow.Path, input.EventName, directory.Path, workflow.Jobs.Count));
        directory.Write(recorder.Snapshot([]));
        using var machine = new SemaphoreSlim(request.MaxParallelJobs > 0 ? request.MaxParallelJobs : Environment.ProcessorCount);
        var scheduler = new JobScheduler(run, actions, new JobTokens(cancel, abort), machine, jobs => directory.Write(recorder.Snapshot(jobs)));
        Task leftovers = LeftoverRemoval.RemoveAsync(engine, logger, abort);
        RunRecord record;
        try
        {
            record = recorder.Finish(await scheduler.RunAsync(), cancel.IsCancellationRequested);
            directory.Write(record);
            directory.Close();
            whenDecided(record);
        }
        finally
        {
            await run.Cleanups.WhenAllAsync();
        }
        await leftovers;
        observer.On(new RunFinished(record, directory.Path));
        return record;
    }

    private RunContext CreateContext(string id, Workflow workflow, RunRequest request, RunInput input, RunDirectory directory, string scratch, ResultsAccess results)
    {
        var masker = new SecretMasker();
        foreach (string secret in request.Secrets.Values)
            masker.Add(secret);
        PublishedFiles.Create(Path.Combine(scratch, "published"));
        return new RunContext
        {
            RunId = id,
            Workflow = workflow,
            Calls = new Dictionary<string, WorkflowCall>(StringComparer.Ordinal),
            Request = request,
            Input = input,
            Engine = engine,
            EngineInfo = engineInfo,
            Directory = directory,
            Scratch = scratch,
            Masker = masker,
            Observer = observer,
            Results = results,
            Time = time,
            Logger = logger,
            Cml = request.CmlBinary is null ? null : CmlMount.Create(request.CmlBinary, Path.Combine(scratch, "cml"), engineInfo.RunsOnHost),
            BaseContexts = RunContexts.Of(workflow, request, input),
        };
    }
}
