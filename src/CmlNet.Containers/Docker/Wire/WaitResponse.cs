namespace CmlNet.Containers.Docker.Wire;

internal sealed record WaitResponse
{
    public required int StatusCode { get; init; }
}
