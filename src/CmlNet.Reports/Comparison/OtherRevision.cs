using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Comparison;

/// <summary>Metrics and parameters of a further revision.</summary>
/// <param name="Name">As it was asked for.</param>
/// <param name="Values">By file and name.</param>
internal sealed record OtherRevision(string Name, IReadOnlyDictionary<(string File, string Name), DvcValue> Values);
