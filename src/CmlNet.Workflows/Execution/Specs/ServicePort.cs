namespace CmlNet.Workflows.Execution.Specs;

/// <summary>A port of a service.</summary>
/// <param name="LocalPort">What <c>job.services.*.ports</c> says, and where a job without <c>container:</c> finds it on localhost.</param>
/// <param name="ContainerPort">Where the service listens.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
public sealed record ServicePort(int LocalPort, int ContainerPort, string Protocol);
