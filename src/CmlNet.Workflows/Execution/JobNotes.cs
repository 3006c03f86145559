using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution;

/// <summary>What a job asks of GitHub and gets nothing of here, though it can be run: said once, as it starts.</summary>
internal static class JobNotes
{
    public static IEnumerable<string> Of(JobSpec spec, Workflow workflow)
    {
        if (spec.Job.DeploymentEnvironment is not null)
            yield return "'environment:' has no effect here: its secrets, variables and rules are on GitHub. Give what the job needs with --secret and --var.";
        if (spec.Job.Snapshot is not null)
            yield return "'snapshot:' has no effect here: no image is made.";
        if ((spec.Job.Permissions ?? workflow.Permissions)?.GetValueOrDefault("id-token") == "write")
            yield return "'id-token: write' has no effect here: there is no OpenID Connect token to ask for.";
        if (spec.HasContainer)
            yield break;
        foreach ((ServiceSpec service, ServicePort port) in spec.Services.SelectMany(service => service.Ports.Where(port => port.Protocol == "udp").Select(port => (service, port))))
            yield return $"The UDP port {port.ContainerPort} of the service '{service.Id}' is not on localhost here: its address is {service.Id}:{port.ContainerPort}.";
    }
}
