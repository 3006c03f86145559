using System.Text.Json.Serialization;

namespace CmlNet.Workflows.Actions.Results.Wire;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(LooseText)])]
[JsonSerializable(typeof(ResultsRequest))]
[JsonSerializable(typeof(ResultsAnswer))]
internal sealed partial class ResultsJson : JsonSerializerContext;
