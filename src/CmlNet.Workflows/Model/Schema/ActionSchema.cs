using static CmlNet.Workflows.Model.Schema.SchemaBuilder;

namespace CmlNet.Workflows.Model.Schema;

/// <summary>The language of <c>action.yml</c> as a table, beside the workflow's (facts of GitHub's metadata syntax reference). No <c>secrets</c> anywhere.</summary>
internal static class ActionSchema
{
    public const string Root = "action";
    public const string StepCondition = "action-step-if";
    public const string HookCondition = "action-hook-if";

    private static readonly string[] Fixed = ["github", "strategy", "matrix", "job", "runner", "hashFiles(1,255)"];
    private static readonly string[] InStep = [.. Fixed, "inputs", "steps", "env"];

    public static IEnumerable<(string, Definition)> Definitions() =>
    [
        (Root, Map("name:string", "description:string", "inputs:action-inputs", "outputs:action-outputs", "runs!:action-runs") with { LooseKey = "non-empty" }),
        ("action-inputs", Loose("non-empty", "action-input")),
        ("action-input", OneOf("null", "action-input-map")),
        ("action-input-map", Map("default:action-input-default") with { LooseKey = "non-empty" }),
        ("action-input-default", Text(Fixed)),
        ("action-outputs", Loose("non-empty", "action-output")),
        ("action-output", OneOf("null", "action-output-map")),
        ("action-output-map", Map("value:action-string") with { LooseKey = "non-empty" }),
        ("action-string", Text(InStep)),
        ("action-boolean", new BooleanDefinition { Context = InStep }),
        ("action-env", OneOf("env") with { Context = InStep }),
        ("action-runs", Map("using!:non-empty", "main:non-empty", "pre:non-empty", "post:non-empty", "pre-if:string", "post-if:string", "steps:action-steps",
            "image:non-empty", "args:action-arguments", "env:action-container-env", "entrypoint:non-empty", "pre-entrypoint:non-empty", "post-entrypoint:non-empty") with { LooseKey = "non-empty" }),
        ("action-arguments", new SequenceDefinition("action-argument")),
        ("action-argument", Text(["inputs"])),
        ("action-container-env", OneOf("env") with { Context = ["inputs"] }),
        ("action-steps", new SequenceDefinition("action-step-any")),
        ("action-step-any", OneOf("action-run-step", "action-uses-step")),
        ("action-run-step", Map("name:action-string", "id:non-empty", "if:" + StepCondition, "run!:action-string", "shell!:action-string",
            "continue-on-error:action-boolean", "env:action-env", "working-directory:action-string")),
        ("action-uses-step", Map("name:action-string", "id:non-empty", "if:" + StepCondition, "continue-on-error:action-boolean",
            "uses!:non-empty", "with:action-env", "env:action-env")),
        (StepCondition, Text([.. InStep, "always(0,0)", "failure(0,0)", "cancelled(0,0)", "success(0,0)"])),
        (HookCondition, Text([.. Fixed, "steps", "env", "inputs", "always(0,0)", "failure(0,0)", "cancelled(0,0)", "success(0,0)"])),
    ];
}
