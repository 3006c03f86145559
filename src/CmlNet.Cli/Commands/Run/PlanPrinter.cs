using System.Globalization;
using System.Text.Json;
using CmlNet.Containers;
using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Model;

namespace CmlNet.Cli.Commands.Run;

/// <summary><c>cml run --plan</c>: jobs, legs, steps, images and container specs, for people or as JSON.</summary>
internal static class PlanPrinter
{
    public static void Print(IReadOnlyList<WorkflowPlan> plans, bool json, TextWriter output)
    {
        if (json)
            output.WriteLine(JsonSerializer.Serialize([.. plans.Select(PlanView.Of)], PlanJson.Default.PlanViewArray));
        else
        {
            foreach (WorkflowPlan plan in plans)
                Print(plan, output);
        }
    }

    private static void Print(WorkflowPlan plan, TextWriter output)
    {
        output.WriteLine($"{plan.Workflow} ({plan.Path}) on {plan.Event}");
        foreach (PlannedJob job in plan.Jobs)
        {
            output.WriteLine($"  job {job.Job.Id}{(job.Job.Needs.Count > 0 ? " after " + string.Join(", ", job.Job.Needs) : "")}  if: {job.Job.Condition}");
            if (job.Undecided is not null)
            {
                output.WriteLine($"    decided at run time: {job.Undecided}");
                PrintSteps(job.Job, output);
            }

            foreach (JobSpec leg in job.Legs)
                Print(leg, output);
        }
    }

    private static void Print(JobSpec leg, TextWriter output)
    {
        output.WriteLine($"    {leg.Name}");
        output.WriteLine($"      image: {leg.Image.Reference} ({leg.ImageSource})");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"      timeout: {leg.Timeout.TotalMinutes:0.##} minutes"));
        foreach ((string name, string value) in leg.Container.Environment)
            output.WriteLine($"      env: {name}={value}");
        foreach (Mount mount in leg.Container.Mounts.Where(mount => !PlannedNames.IsOwn(mount.Source)))
            output.WriteLine($"      mount: {mount.Source} -> {mount.Target}{(mount.ReadOnly ? " (read-only)" : "")}");
        foreach (string port in leg.Container.Ports)
            output.WriteLine($"      port: {port}");
        if (leg.ContainerOptions.Length > 0)
            output.WriteLine($"      options: {leg.ContainerOptions}");
        output.WriteLine($"      mounts: {leg.Container.Mounts.Count(mount => PlannedNames.IsOwn(mount.Source))} that every job has (--json lists them)");
        output.WriteLine($"      network: {leg.Container.Network}");
        output.WriteLine($"      directory: {leg.Container.WorkingDirectory}");
        output.WriteLine($"      command: {string.Join(' ', PlanView.Command(leg.Container))}");
        if (!leg.Container.Gpus.IsNone)
            output.WriteLine($"      gpus: {PlanView.Gpus(leg.Container.Gpus)}");
        foreach (ServiceSpec service in leg.Services)
            output.WriteLine($"      service {service.Id}: {service.Image.Reference}");
        PrintSteps(leg.Job, output);
    }

    private static void PrintSteps(Job job, TextWriter output)
    {
        foreach ((int index, Step step) in job.Steps.Index())
            output.WriteLine($"      step {index + 1}: {PlanView.StepText(step)}");
    }
}
