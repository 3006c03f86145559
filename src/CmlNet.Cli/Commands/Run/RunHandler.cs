using CmlNet.Cli.Commands.Run.Progress;
using CmlNet.Cli.Logging;
using CmlNet.Containers;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Configuration;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Model;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace CmlNet.Cli.Commands.Run;

/// <summary><c>cml run</c> from its arguments to its exit code.</summary>
internal sealed class RunHandler(CliHost host)
{
    public async Task<int> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        string root = RepositoryRoot.Find(host.WorkingDirectory, options.WorkflowFile);
        try
        {
            // git answers while the files are read.
            Task<IReadOnlyList<(Workflow Workflow, string Event)>> selecting = Task.Run(() => WorkflowSelection.Select(options, root, host), cancellationToken);
            GitState git = await GitStateReader.ReadAsync(root, "origin", null, cancellationToken);
            IReadOnlyList<(Workflow Workflow, string Event)> selected = await TriggerSelection.ApplyAsync(
                await selecting, options.WorkflowFile is not null, (workflow, eventName) => Payload(options, workflow, eventName, git), root, host, cancellationToken);
            return options.Plan
                ? await PrintPlansAsync(options, root, selected, git, cancellationToken)
                : await RunAllAsync(options, root, selected, git);
        }
        catch (WorkflowException e)
        {
            throw new CliException(ExitCodes.Usage, e.Message, e);
        }
        catch (InvalidRunException e)
        {
            throw new CliException(ExitCodes.Usage, e.Message, e);
        }
        catch (EventPayloadException e)
        {
            throw new CliException(ExitCodes.Usage, $"cml run: {e.Message}", e);
        }
        catch (EngineException e)
        {
            throw new CliException(e.Kind == EngineErrorKind.Unreachable ? ExitCodes.NoEngine : ExitCodes.Failure, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failure, $"cml run: {e.Message} (free space and permissions of {root} and of the run directory decide; what was written before is still there)", e);
        }
    }

    private async Task<int> PrintPlansAsync(RunOptions options, string root, IReadOnlyList<(Workflow Workflow, string Event)> selected, GitState git, CancellationToken cancellationToken)
    {
        Dictionary<string, string> secrets = SecretSource.Read(options, host);
        var plans = new List<WorkflowPlan>();
        foreach ((Workflow workflow, string eventName) in selected)
            plans.Add(await WorkflowPlanner.PlanAsync(workflow, Request(options, root, "", "", secrets, Inputs(options, workflow, eventName)), Input(options, workflow, eventName, git, secrets), cancellationToken));
        // A container's env may hold secrets; a plan is shown around like a log.
        var masker = new SecretMasker();
        foreach (string secret in secrets.Values)
            masker.Add(secret);
        using var text = new StringWriter();
        PlanPrinter.Print(plans, options.Json, text);
        host.Out.Write(options.Json ? masker.Mask(text.ToString()) : ControlText.Strip(masker.Mask(text.ToString())));
        return ExitCodes.Success;
    }

    private async Task<int> RunAllAsync(RunOptions options, string root, IReadOnlyList<(Workflow Workflow, string Event)> selected, GitState git)
    {
        using ILoggerFactory loggers = StageLogging.Create(host);
        using var interruption = new Interruption(host);
        Dictionary<string, string> secrets = SecretSource.Read(options, host);
        // Everything that can be refused is refused before an engine is asked for.
        foreach ((Workflow workflow, string eventName) in selected)
            await WorkflowPlanner.PlanAsync(workflow, Request(options, root, "", "", secrets, Inputs(options, workflow, eventName)), Input(options, workflow, eventName, git, secrets), interruption.Cancel);
        (IContainerEngine engine, EngineInfo info) = await EngineSelection.SelectAsync(options.Engine, host, loggers, interruption.Cancel);

        int exitCode = ExitCodes.Success;
        foreach ((Workflow workflow, string eventName) in selected)
        {
            string? subfolder = selected.Count > 1 ? Path.GetFileNameWithoutExtension(workflow.Path) : null;
            string id = RunIds.Create(host.Time);
            string directory = RunFolders.Create(root, id, options.OutDirectory, subfolder, host);
            RunRecord record = await RunOneAsync(options, workflow, Request(options, root, id, directory, secrets, Inputs(options, workflow, eventName)), Input(options, workflow, eventName, git, secrets), engine, info, loggers, interruption);
            // The last line a person reads; with --json standard output is for events alone.
            if (File.Exists(new RunDirectory(directory).ReportFile))
                (options.Json ? host.Error : host.Out).WriteLine($"Report: {new RunDirectory(directory).ReportFile}");
            exitCode = Math.Max(exitCode, ExitCodeOf(record, interruption.Cancel.IsCancellationRequested));
            if (interruption.Cancel.IsCancellationRequested)
                break;
        }
        return exitCode;
    }

    private async Task<RunRecord> RunOneAsync(RunOptions options, Workflow workflow, RunRequest request, RunInput input, IContainerEngine engine, EngineInfo info, ILoggerFactory loggers, Interruption interruption)
    {
        IRunObserver observer = options.Json ? new JsonProgress(host.Out)
            : host.IsTerminal ? new LiveProgress(AnsiConsole.Console, host.Time)
            : new PlainProgress(host.Out, host.Error);
        try
        {
            var runner = new WorkflowRunner(engine, info, observer, host.Time, loggers.CreateLogger<WorkflowRunner>());
            return await runner.RunAsync(workflow, request, input, record => WritePage(request.RunDirectory, record), interruption.Cancel, interruption.Abort);
        }
        finally
        {
            if (observer is IAsyncDisposable live)
                await live.DisposeAsync();
        }
    }

    private void WritePage(string directory, RunRecord record)
    {
        try
        {
            RunReport.Write(directory, record);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // run.json is written already, and the exit code is the run's.
            host.Error.WriteLine($"cml run: the page {new RunDirectory(directory).ReportFile} could not be written: {e.Message}. Free some space, or choose another disk with --out; run.json and the logs beside it are there.");
        }
    }

    /// <summary>A run can be cancelled by its own time limits, too; nobody interrupted that one.</summary>
    private static int ExitCodeOf(RunRecord record, bool interrupted) => record.Conclusion switch
    {
        Conclusions.Success => ExitCodes.Success,
        Conclusions.Cancelled when interrupted => ExitCodes.Interrupted,
        _ => ExitCodes.Failure,
    };

    private RunRequest Request(RunOptions options, string root, string id, string directory, Dictionary<string, string> secrets, IReadOnlyDictionary<string, string> inputs)
    {
        var images = new Dictionary<string, string>(RunConfiguration.Read(root).Images, StringComparer.OrdinalIgnoreCase);
        foreach ((string label, string image) in NameValues.Parse(options.Images, "--image", StringComparer.OrdinalIgnoreCase))
            images[label] = ImageReferences.Demand(label, image);
        return new RunRequest
        {
            RunId = id,
            RepositoryRoot = root,
            RunDirectory = directory,
            JobId = options.Job,
            Images = images,
            Secrets = secrets,
            Variables = NameValues.Parse(options.Variables, "--var", StringComparer.OrdinalIgnoreCase),
            Inputs = inputs,
            Environment = NameValues.Parse(options.Environment, "--env", StringComparer.Ordinal, name => host.Environment.GetValueOrDefault(name, "")),
            ActionMirrors = ActionSources.Mirrors(options.Actions, host),
            ActionCache = ActionSources.Cache(host),
            NodeProgram = host.Environment.GetValueOrDefault("CML_NODE") is { Length: > 0 } node ? Path.GetFullPath(Path.Combine(host.WorkingDirectory, node)) : null,
            Gpus = GpuArgument.Parse(options.Gpus),
            UsesThisMachine = options.Engine == "process",
            BindWorkspace = options.Bind,
            Publish = options.Publish,
            CmlBinary = SingleFile.Path,
        };
    }

    /// <summary>Those of an event file, and over them those of the command line.</summary>
    private IReadOnlyDictionary<string, string> Inputs(RunOptions options, Workflow workflow, string eventName)
    {
        Dictionary<string, string> given = eventName == DispatchInputs.EventName && options.EventFile is { } file
            ? new Dictionary<string, string>(EventPayload.InputsOf(ReadEvent(file)), StringComparer.OrdinalIgnoreCase)
            : new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in NameValues.Parse(options.Inputs, "--input", StringComparer.OrdinalIgnoreCase))
            given[name] = value;
        return DispatchInputs.Complete(workflow, eventName, given);
    }

    private RunInput Input(RunOptions options, Workflow workflow, string eventName, GitState git, Dictionary<string, string> secrets) =>
        RunInput.Create(Payload(options, workflow, eventName, git), git, workflow, secrets["GITHUB_TOKEN"]);

    private EventPayload Payload(RunOptions options, Workflow workflow, string eventName, GitState git)
    {
        var request = new EventRequest
        {
            Name = eventName,
            PayloadJson = options.EventFile is { } file ? ReadEvent(file) : null,
            Inputs = [.. Inputs(options, workflow, eventName)],
            WorkflowPath = workflow.Path,
        };
        return EventPayload.Build(request, git);
    }

    private string ReadEvent(string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(host.WorkingDirectory, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Usage, $"cml run: --event-file {file} cannot be read: {e.Message}", e);
        }
    }
}
