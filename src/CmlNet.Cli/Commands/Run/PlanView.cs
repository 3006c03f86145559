using System.Globalization;
using System.Text.Json.Serialization;
using CmlNet.Containers;
using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Model;

namespace CmlNet.Cli.Commands.Run;

/// <summary>The JSON form of a plan.</summary>
internal sealed record PlanView(string Workflow, string Path, string Event, IReadOnlyList<PlanJobView> Jobs)
{
    public static PlanView Of(WorkflowPlan plan) => new(plan.Workflow, plan.Path, plan.Event, [.. plan.Jobs.Select(PlanJobView.Of)]);

    /// <summary>The step as written: its name, its action, or the first line of its script.</summary>
    public static string StepText(Step step) => step switch
    {
        { Name: { } name } => TemplateText.Of(name),
        { Uses: { } uses } => uses,
        { Run: { } run } => TemplateText.Of(run).TrimStart('\n').Split('\n')[0],
        _ => step.Id,
    };

    public static IReadOnlyList<string> Command(ContainerSpec container) => [.. container.Entrypoint ?? [], .. container.Command];

    public static string Gpus(GpuRequest request) => request switch
    {
        { IsNone: true } => "none",
        { DeviceIds.Count: > 0 } => "device=" + string.Join(',', request.DeviceIds),
        { Count: -1 } => "all",
        _ => request.Count.ToString(CultureInfo.InvariantCulture),
    };
}

internal sealed record PlanJobView(string Id, IReadOnlyList<string> Needs, string If, string? Undecided, IReadOnlyList<PlanLegView> Legs)
{
    /// <summary>Of a job whose legs are decided at run time.</summary>
    public IReadOnlyList<PlanStepView>? Steps { get; init; }

    public static PlanJobView Of(PlannedJob job) => new(job.Job.Id, job.Job.Needs, job.Job.Condition, job.Undecided, [.. job.Legs.Select(PlanLegView.Of)])
    {
        Steps = job.Undecided is null ? null : [.. job.Job.Steps.Select(PlanStepView.Of)],
    };
}

internal sealed record PlanLegView(string Name, IReadOnlyList<string> Labels, double TimeoutMinutes, PlanContainerView Container, IReadOnlyList<PlanStepView> Steps)
{
    /// <summary>Image of each service by its id.</summary>
    public IReadOnlyDictionary<string, string>? Services { get; init; }

    public static PlanLegView Of(JobSpec leg) => new(leg.Name, leg.Labels, leg.Timeout.TotalMinutes, PlanContainerView.Of(leg), [.. leg.Job.Steps.Select(PlanStepView.Of)])
    {
        Services = leg.Services.Count == 0 ? null : leg.Services.ToDictionary(service => service.Id, service => service.Image.Reference, StringComparer.Ordinal),
    };
}

internal sealed record PlanContainerView(string Image, string ImageSource, string Gpus, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Mounts, IReadOnlyList<string> Command)
{
    public string? Network { get; init; }

    public string? WorkingDirectory { get; init; }

    public IReadOnlyList<string>? Ports { get; init; }

    /// <summary>As given.</summary>
    public string? Options { get; init; }

    public static PlanContainerView Of(JobSpec leg) => new(
        leg.Image.Reference,
        leg.ImageSource,
        PlanView.Gpus(leg.Container.Gpus),
        leg.Container.Environment,
        [.. leg.Container.Mounts.Select(mount => $"{mount.Source}:{mount.Target}{(mount.ReadOnly ? ":ro" : "")}")],
        PlanView.Command(leg.Container))
    {
        Network = leg.Container.Network,
        WorkingDirectory = leg.Container.WorkingDirectory,
        Ports = leg.Container.Ports.Count == 0 ? null : leg.Container.Ports,
        Options = leg.ContainerOptions.Length == 0 ? null : leg.ContainerOptions,
    };
}

internal sealed record PlanStepView(int Number, string Id, string Name, string If, string? Uses)
{
    public static PlanStepView Of(Step step, int index) => new(index + 1, step.Id, PlanView.StepText(step), step.Condition, step.Uses);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlanView[]))]
internal sealed partial class PlanJson : JsonSerializerContext;
