using System.Text.Json.Serialization;

namespace CmlNet.Containers.Docker.Wire;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ContainerCreateRequest))]
[JsonSerializable(typeof(ContainerInspect))]
[JsonSerializable(typeof(ContainerWait))]
[JsonSerializable(typeof(ContainerUsageWire))]
[JsonSerializable(typeof(ImagePruneResult))]
[JsonSerializable(typeof(IReadOnlyList<ContainerSummary>))]
[JsonSerializable(typeof(ExecCreateRequest))]
[JsonSerializable(typeof(ExecStartRequest))]
[JsonSerializable(typeof(ExecInspect))]
[JsonSerializable(typeof(IdResponse))]
[JsonSerializable(typeof(ImageInspect))]
[JsonSerializable(typeof(PullEvent))]
[JsonSerializable(typeof(RegistryAuth))]
[JsonSerializable(typeof(ClientConfig))]
[JsonSerializable(typeof(NetworkCreateRequest))]
[JsonSerializable(typeof(NetworkInspect))]
[JsonSerializable(typeof(NetworkDisconnectRequest))]
[JsonSerializable(typeof(IReadOnlyList<NetworkSummary>))]
[JsonSerializable(typeof(SystemInfo))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyList<string>>))]
internal sealed partial class DockerJson : JsonSerializerContext;
