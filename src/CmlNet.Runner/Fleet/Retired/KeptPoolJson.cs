using System.Text.Json.Serialization;

namespace CmlNet.Runner.Fleet.Retired;

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(KeptPool))]
internal sealed partial class KeptPoolJson : JsonSerializerContext;
