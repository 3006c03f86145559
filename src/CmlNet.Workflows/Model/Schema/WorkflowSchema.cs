using static CmlNet.Workflows.Model.Schema.SchemaBuilder;

namespace CmlNet.Workflows.Model.Schema;

/// <summary>The workflow language as a table: which keys, which types, which contexts where (facts of GitHub's workflow syntax reference).</summary>
internal static class WorkflowSchema
{
    public const string Root = "workflow";
    public const string Any = "any";
    /// <summary>One string or more, none of them empty.</summary>
    public const string Strings = "one-or-more";

    public const string JobCondition = "job-if";
    public const string StepCondition = "step-if";
    public const string SnapshotCondition = "snapshot-if";

    /// <summary>These two are no part of the schema check, as on GitHub's server: the linter's.</summary>
    public const string WorkflowDispatch = "workflow-dispatch";
    public const string Schedule = "schedule";

    private static readonly string[] Run = ["github", "inputs", "vars"];
    private static readonly string[] Needs = [.. Run, "needs"];
    private static readonly string[] Leg = [.. Needs, "strategy", "matrix"];
    private static readonly string[] OnRunner = [.. Leg, "secrets", "steps", "job", "runner", "env"];
    private static readonly string[] InStep = [.. OnRunner, "hashFiles(1,255)"];

    private static readonly Dictionary<string, Definition> Definitions = Build();

    public static Definition Get(string name) => Definitions[name];

    private static Dictionary<string, Definition> Build()
    {
        var all = new Dictionary<string, Definition>(StringComparer.Ordinal);
        foreach ((string name, Definition definition) in Basics().Concat(Workflow()).Concat(Triggers()).Concat(Jobs()).Concat(Containers()).Concat(Steps()).Concat(ActionSchema.Definitions()))
            all.Add(name, definition);
        return all;
    }

    private static IEnumerable<(string, Definition)> Basics() =>
    [
        ("null", new NullDefinition()),
        ("boolean", new BooleanDefinition()),
        ("number", new NumberDefinition()),
        ("string", new StringDefinition()),
        ("non-empty", new StringDefinition { NonEmpty = true }),
        ("scalar", OneOf("string", "boolean", "number")),
        ("strings", new SequenceDefinition("string")),
        ("non-empties", new SequenceDefinition("non-empty")),
        (Strings, OneOf("non-empty", "non-empties")),
        ("sequence", new SequenceDefinition(Any)),
        ("mapping", Loose("string", Any)),
        (Any, OneOf("null", "boolean", "number", "string", "sequence", "mapping")),
        ("env", Loose("non-empty", "string")),
    ];

    private static IEnumerable<(string, Definition)> Workflow() =>
    [
        (Root, Map("on:on", "name:string", "description:string", "run-name:run-name", "defaults:workflow-defaults", "env:workflow-env",
            "permissions:permissions", "concurrency:workflow-concurrency", "jobs!:jobs")),
        ("run-name", Text(Run)),
        ("workflow-env", OneOf("env") with { Context = [.. Run, "secrets"] }),
        ("workflow-defaults", Map("run:defaults-run")),
        ("defaults-run", Map("shell:non-empty", "working-directory:non-empty")),
        ("workflow-concurrency", OneOf("string", "concurrency") with { Context = Run }),
        ("concurrency", Map("group!:non-empty", "cancel-in-progress:boolean", "queue:concurrency-queue")),
        ("concurrency-queue", Values("single", "max")),
        ("permissions", OneOf("permission-scopes", "permission-all")),
        ("permission-all", Values("read-all", "write-all")),
        ("permission", Values("read", "write", "none")),
        ("permission-read", Values("read", "none")),
        ("permission-write", Values("write", "none")),
        ("permission-scopes", Map("actions:permission", "artifact-metadata:permission", "attestations:permission", "checks:permission", "code-quality:permission", "contents:permission",
            "copilot-requests:permission-write", "deployments:permission", "discussions:permission", "drives:permission", "id-token:permission-write", "issues:permission",
            "models:permission-read", "packages:permission", "pages:permission", "pull-requests:permission", "repository-projects:permission",
            "security-events:permission", "statuses:permission", "vulnerability-alerts:permission-read")),
        ("jobs", Loose("non-empty", "job")),
    ];

    /// <summary>Other events are free here, as on GitHub; <c>WorkflowLinter</c> judges them.</summary>
    private static IEnumerable<(string, Definition)> Triggers() =>
    [
        ("on", OneOf("string", "sequence", "events")),
        ("events", Map("workflow_call:workflow-call") with { LooseKey = "non-empty" }),
        ("workflow-call", OneOf("null", "workflow-call-map")),
        ("workflow-call-map", Map("inputs:call-inputs", "secrets:call-secrets", "outputs:call-outputs")),
        ("call-inputs", Loose("non-empty", "call-input")),
        ("call-input", Map("description:string", "type!:call-input-type", "required:boolean", "default:call-input-default")),
        ("call-input-type", Values("boolean", "number", "string")),
        ("call-input-default", OneOf("string", "boolean", "number") with { Context = Run }),
        ("call-secrets", Loose("non-empty", "call-secret")),
        ("call-secret", OneOf("null", "call-secret-map")),
        ("call-secret-map", Map("description:string", "required:boolean")),
        ("call-outputs", Loose("non-empty", "call-output")),
        ("call-output", Map("description:string", "value!:call-output-value")),
        ("call-output-value", Text([.. Run, "jobs"])),
        (WorkflowDispatch, OneOf("null", "workflow-dispatch-map")),
        ("workflow-dispatch-map", Map("inputs:dispatch-inputs")),
        ("dispatch-inputs", OneOf("null", "dispatch-inputs-map")),
        ("dispatch-inputs-map", Loose("non-empty", "dispatch-input")),
        ("dispatch-input", OneOf("null", "dispatch-input-map")),
        ("dispatch-input-map", Map("description:string", "type:dispatch-input-type", "required:boolean", "deprecationMessage:string", "default:scalar", "options:strings")),
        (Schedule, new SequenceDefinition("schedule-entry")),
        ("schedule-entry", Map("cron!:non-empty", "timezone:non-empty")),
        ("dispatch-input-type", Values("string", "boolean", "number", "environment", "choice")),
    ];

    private static IEnumerable<(string, Definition)> Jobs() =>
    [
        ("job", OneOf("own-job", "called-job")),
        ("own-job", Map("needs:needs", "if:" + JobCondition, "strategy:strategy", "name:leg-string", "runs-on!:runs-on", "timeout-minutes:leg-number",
            "cancel-timeout-minutes:leg-number", "continue-on-error:leg-boolean", "container:container", "services:services", "env:job-env",
            "environment:job-environment", "permissions:permissions", "concurrency:job-concurrency", "outputs:job-outputs", "defaults:job-defaults",
            "steps:steps", "snapshot:snapshot")),
        ("called-job", Map("name:leg-string", "uses!:non-empty", "with:call-with", "secrets:call-secret-values", "needs:needs", "if:" + JobCondition,
            "permissions:permissions", "concurrency:job-concurrency", "strategy:strategy")),
        ("needs", OneOf("non-empties", "non-empty")),
        (JobCondition, Text([.. Needs, "always(0,0)", "failure(0,MAX)", "cancelled(0,0)", "success(0,MAX)"])),
        ("strategy", Map("fail-fast:boolean", "max-parallel:number", "matrix:matrix") with { Context = Needs }),
        ("matrix", Map("include:matrix-filter", "exclude:matrix-filter") with { LooseKey = "non-empty", LooseValue = "sequence" }),
        ("matrix-filter", new SequenceDefinition("matrix-filter-item")),
        ("matrix-filter-item", Loose("non-empty", Any)),
        ("leg-string", Text(Leg)),
        ("leg-number", new NumberDefinition { Context = Leg }),
        ("leg-boolean", new BooleanDefinition { Context = Leg }),
        ("runs-on", OneOf("non-empty", "non-empties", "runs-on-map") with { Context = Leg }),
        ("runs-on-map", Map("group:non-empty", "labels:one-or-more")),
        ("job-env", OneOf("env") with { Context = [.. Leg, "secrets"] }),
        ("job-concurrency", OneOf("non-empty", "concurrency") with { Context = Leg }),
        ("job-environment", OneOf("string", "job-environment-map") with { Context = Leg }),
        ("job-environment-map", Map("name!:leg-string", "url:environment-url", "deployment:boolean")),
        ("environment-url", Text([.. OnRunner.Where(name => name != "secrets")])),
        ("job-outputs", Loose("non-empty", "runner-string")),
        ("runner-string", Text(OnRunner)),
        ("job-defaults", Map("run:job-defaults-run")),
        ("job-defaults-run", OneOf("defaults-run") with { Context = [.. Leg, "env"] }),
        ("snapshot", OneOf("non-empty", "snapshot-map") with { Context = Leg }),
        ("snapshot-map", Map("image-name!:non-empty", "if:" + SnapshotCondition, "version:non-empty")),
        (SnapshotCondition, Text(Leg)),
        ("call-with", Loose("non-empty", "call-with-value")),
        ("call-with-value", OneOf("string", "boolean", "number") with { Context = Leg }),
        ("call-secret-values", OneOf("call-secret-map-values", "inherit")),
        ("call-secret-map-values", Loose("non-empty", "call-secret-value")),
        ("call-secret-value", OneOf("string", "boolean", "number") with { Context = [.. Leg, "secrets"] }),
        ("inherit", Values("inherit")),
    ];

    private static IEnumerable<(string, Definition)> Containers() =>
    [
        ("container", OneOf("string", "container-map") with { Context = Leg }),
        ("container-map", Map("image:non-empty", "options:string", "env:container-env", "ports:non-empties", "volumes:non-empties", "credentials:credentials")),
        ("container-env", Loose("non-empty", "runner-string")),
        ("credentials", Map("username:non-empty", "password:non-empty") with { Context = [.. Run, "secrets", "env"] }),
        ("services", Loose("non-empty", "service") with { Context = Leg }),
        ("service", OneOf("non-empty", "service-map")),
        ("service-map", Map("image:non-empty", "options:string", "env:container-env", "ports:non-empties", "volumes:non-empties", "credentials:credentials",
            "entrypoint:string", "command:string")),
    ];

    private static IEnumerable<(string, Definition)> Steps() =>
    [
        ("steps", new SequenceDefinition("step")),
        ("step", OneOf("run-step", "action-step")),
        ("run-step", Map("name:step-string", "id:non-empty", "if:" + StepCondition, "timeout-minutes:step-number", "run!:step-string",
            "continue-on-error:step-boolean", "env:step-env", "working-directory:step-string", "shell:non-empty")),
        ("action-step", Map("name:step-string", "id:non-empty", "if:" + StepCondition, "continue-on-error:step-boolean", "timeout-minutes:step-number",
            "uses!:non-empty", "with:step-env", "env:step-env")),
        (StepCondition, Text([.. InStep.Where(name => name != "secrets"), "always(0,0)", "failure(0,0)", "cancelled(0,0)", "success(0,0)"])),
        ("step-string", Text(InStep)),
        ("step-number", new NumberDefinition { Context = InStep }),
        ("step-boolean", new BooleanDefinition { Context = InStep }),
        ("step-env", OneOf("env") with { Context = InStep }),
    ];
}
