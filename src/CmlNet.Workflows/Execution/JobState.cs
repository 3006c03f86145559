using System.Text;
using CmlNet.Workflows.Actions.Node;
using CmlNet.Workflows.Execution.Commands;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Forwarding;
using CmlNet.Workflows.Execution.Matchers;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution;

/// <summary>What changes while one job runs. Only its own job touches it.</summary>
internal sealed class JobState(JobSpec spec, JobPaths paths, ContextSet contexts)
{
    private ContextSet _contexts = contexts;
    private readonly StringBuilder _summary = new();

    public JobSpec Spec => spec;

    public JobPaths Paths => paths;

    /// <summary>Workflow env, job env and what steps wrote to GITHUB_ENV, the later ones over the earlier.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>Entries written to GITHUB_PATH, the latest first.</summary>
    public List<string> PathEntries { get; } = [];

    /// <summary>Folder of the job's logs, unlike any other job's of the run.</summary>
    public string LogName { get; init; } = spec.Name;

    /// <summary>PATH of the image (or of this machine), below everything else.</summary>
    public string BasePath { get; set; } = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The job's status so far: success, failure or cancelled.</summary>
    public string Status { get; set; } = Conclusions.Success;

    public required JobMatchers Matchers { get; init; }

    public List<Annotation> Annotations { get; } = [];

    public List<StepRecord> StepRecords { get; } = [];

    /// <summary>What is still to be done after the last step.</summary>
    public List<PostStep> Posts { get; } = [];

    /// <summary>Those of the actions of its steps.</summary>
    public ActionParts Parts { get; } = new();

    /// <summary>The Node programs that this job's JavaScript actions can use; null until one was needed.</summary>
    public JobNodes? Nodes { get; set; }

    /// <summary>By which this job's actions reach the artifact and cache services; null until one needed to.</summary>
    public JobForwarder? ResultsForwarder { get; set; }

    public ObjectValue Steps { get; } = [];

    public string Summary => _summary.ToString();

    public void AddSummary(string markdown)
    {
        if (_summary.Length > 0)
            _summary.Append("\n\n");
        _summary.Append(markdown.TrimEnd('\n'));
    }

    /// <summary>An annotation, masked, which everybody who watches is told of.</summary>
    public void AddError(RunContext run, string message)
    {
        var annotation = new Annotation { Level = AnnotationLevel.Error, Message = run.Masker.Mask(message) };
        Annotations.Add(annotation);
        run.Observer.On(new JobAnnotated(spec.Name, annotation));
    }

    public void AddPath(string entry)
    {
        PathEntries.Remove(entry);
        PathEntries.Insert(0, entry);
    }

    /// <summary>Once the container is there, its facts are in the <c>job</c> context.</summary>
    public void SetJobContext(ObjectValue job) => _contexts = _contexts with { Job = job };

    /// <summary>The contexts as a step sees them; <paramref name="stepEnvironment"/> lies over the job's.</summary>
    public ContextSet Contexts(IReadOnlyDictionary<string, string>? stepEnvironment = null, string? actionId = null)
    {
        var environment = new ObjectValue(caseSensitive: true);
        foreach ((string name, string value) in Environment)
            environment.Add(name, value);
        if (stepEnvironment is not null)
        {
            foreach ((string name, string value) in stepEnvironment)
                environment.Add(name, value);
        }
        ObjectValue gitHub = _contexts.GitHub;
        if (actionId is not null)
        {
            gitHub = gitHub.Copy();
            gitHub.Add("action", actionId);
        }
        ObjectValue job = _contexts.Job.Copy();
        job.Add("status", Status);
        return _contexts with { Environment = environment, Steps = Steps, Job = job, GitHub = gitHub };
    }

    /// <summary>Makes a finished step visible to those after it; automatic ids stay unseen, as on GitHub.</summary>
    /// <param name="record">For people: its outputs are masked.</param>
    /// <param name="stepId">As in the <c>steps</c> context.</param>
    /// <param name="values">The outputs as they are.</param>
    public void Finish(StepRecord record, string stepId, IReadOnlyDictionary<string, string>? values = null)
    {
        StepRecords.Add(record);
        if (stepId.StartsWith("__", StringComparison.Ordinal))
            return;
        var outputs = new ObjectValue();
        foreach ((string name, string value) in values ?? record.Outputs)
            outputs.Add(name, value);
        Steps[stepId] = new ObjectValue { { "outputs", outputs }, { "outcome", record.Outcome }, { "conclusion", record.Conclusion } };
    }
}
