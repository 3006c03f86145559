using System.Text.Json;
using CmlNet.Containers.Docker.Wire;

namespace CmlNet.Containers.Docker;

/// <summary>Lists what carries a label.</summary>
internal sealed class LeftoverSearch(DockerClient client)
{
    public async Task<IReadOnlyList<Leftover>> FindAsync(string label, CancellationToken cancellationToken)
    {
        var filter = JsonSerializer.Serialize(
            new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["label"] = [label] },
            DockerJson.Default.IReadOnlyDictionaryStringIReadOnlyListString);
        var containers = await client.ReadAsync(
            new DockerRequest { Method = HttpMethod.Get, Path = "/containers/json", Purpose = $"list containers with label {label}", Query = [("all", "true"), ("filters", filter)] },
            DockerJson.Default.IReadOnlyListContainerSummary,
            cancellationToken);
        var networks = await client.ReadAsync(
            new DockerRequest { Method = HttpMethod.Get, Path = "/networks", Purpose = $"list networks with label {label}", Query = [("filters", filter)] },
            DockerJson.Default.IReadOnlyListNetworkSummary,
            cancellationToken);
        return [.. containers.Select(Describe), .. networks.Select(Describe)];
    }

    private static Leftover Describe(ContainerSummary container) => new()
    {
        Kind = LeftoverKind.Container,
        Id = container.Id,
        Name = container.Names is [var first, ..] ? first.TrimStart('/') : container.Id,
        Labels = container.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal),
        State = container.State,
        Created = DateTimeOffset.FromUnixTimeSeconds(container.Created),
    };

    private static Leftover Describe(NetworkSummary network) => new()
    {
        Kind = LeftoverKind.Network,
        Id = network.Id,
        Name = network.Name,
        Labels = network.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal),
        Created = network.Created,
    };
}
