using System.Text.Json.Serialization;

namespace CmlNet.Runner.Control;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(ControlAnswer))]
[JsonSerializable(typeof(Harvest.JobUsage))]
internal sealed partial class ControlJson : JsonSerializerContext;
